const base = require('./jest.config.js');

/** For mutation testing: the unit tests of the rules and of the wire, and nothing slower. */
module.exports = {
	...base,
	testEnvironment: '@stryker-mutator/jest-runner/jest-env/node',
	testMatch: ['<rootDir>/test/unit/{rules,api}/**/*.test.mts'],
};
