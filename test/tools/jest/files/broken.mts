throw new Error('This file breaks off before its first test.');
