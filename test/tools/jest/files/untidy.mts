import { expect, it } from '@jest/globals';

it('leaves a global behind', () => {
	Object.assign(globalThis, { leftBehind: true });
	expect(globalThis).toHaveProperty('leftBehind');
});
