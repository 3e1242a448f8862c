import { expect, it } from '@jest/globals';
import { listedIn } from '../../../nodes/Imburse/rules/textList.ts';

it.each<[string, string[]]>([
	['', []],
	[' , ,', []],
	['a', ['a']],
	['a,b', ['a', 'b']],
	[' a b ,\n c,,d , ', ['a b', 'c', 'd']],
	['a;b', ['a;b']],
])('in %j is listed %j', (text, entries) => {
	expect(listedIn(text)).toEqual(entries);
});
