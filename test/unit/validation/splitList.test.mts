import { expect, it } from '@jest/globals';
import { splitList } from '../../../nodes/Imburse/validation/splitList.ts';

it.each<[string, string[]]>([
	['', []],
	[' , ,', []],
	['a', ['a']],
	['a,b', ['a', 'b']],
	[' a b ,\n c,,d , ', ['a b', 'c', 'd']],
	['a;b', ['a;b']],
])('in %j is listed %j', (text, entries) => {
	expect(splitList(text)).toEqual(entries);
});
