import { expect, it } from '@jest/globals';
import { noteTakeOver, takeOverSaved } from '../../../../nodes/Imburse/api/auth/savedCredential.ts';

it("takes over what was saved for a run's own data", async () => {
	const [data, others] = [{ key: 'old' }, { key: 'old' }];
	noteTakeOver(data, async () => void (data.key = 'new'));
	noteTakeOver(others, async () => void (others.key = 'new'));
	await takeOverSaved(data);
	expect([data.key, others.key]).toEqual(['new', 'old']);
});

it('takes over nothing for data of no run', async () => {
	const data = { key: 'old' };
	await takeOverSaved(data);
	expect(data).toEqual({ key: 'old' });
});

it('is told when nothing can be taken over', async () => {
	const data = {};
	noteTakeOver(data, async () => Promise.reject(new Error('gone')));
	await expect(takeOverSaved(data)).rejects.toThrow('gone');
});
