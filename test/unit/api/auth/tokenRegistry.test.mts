import { beforeEach, describe, expect, it } from '@jest/globals';
import { TokenError } from '../../../../nodes/Imburse/api/errors/tokenError.ts';
import { TokenRegistry } from '../../../../nodes/Imburse/api/auth/tokenRegistry.ts';

let registry: TokenRegistry;

beforeEach(() => {
	registry = new TokenRegistry();
});

describe('what the user has saved', () => {
	it("is taken over for a run's own data", async () => {
		const [data, others] = [{ key: 'old' }, { key: 'old' }];
		registry.onReload(data, async () => void (data.key = 'new'));
		registry.onReload(others, async () => void (others.key = 'new'));
		await registry.reload(data);
		expect([data.key, others.key]).toEqual(['new', 'old']);
	});

	it('is not looked for where no run works with the data', async () => {
		const data = { key: 'old' };
		await registry.reload(data);
		expect(data).toEqual({ key: 'old' });
	});

	it('passes on why it cannot be taken over', async () => {
		const data = {};
		registry.onReload(data, async () => Promise.reject(new Error('gone')));
		await expect(registry.reload(data)).rejects.toThrow('gone');
	});
});

it('keeps the last token error of each credential, and gives it out once', () => {
	const [data, others] = [{}, {}];
	const error = new TokenError('keys', 'Imburse refused the keys.');
	registry.recordError(data, error);
	expect(registry.takeError(others)).toBeUndefined();
	expect(registry.takeError(data)).toBe(error);
	expect(registry.takeError(data)).toBeUndefined();
});

it('knows with which data a request went out', () => {
	const [data, others] = [{}, {}];
	registry.markUsed(data);
	expect([registry.wasUsed(data), registry.wasUsed(others)]).toEqual([true, false]);
	registry.markUnused(data);
	expect(registry.wasUsed(data)).toBe(false);
});

it('knows which tokens Imburse rejected', () => {
	registry.reject('a');
	expect([registry.isRejected('a'), registry.isRejected('b')]).toEqual([true, false]);
});

describe('a renewal', () => {
	it('is under way until its work ends, for its credential alone', async () => {
		let end = () => {};
		const work = new Promise<void>((resolve) => (end = resolve));
		const renewal = registry.renewAlone('1', async () => await work);
		const waiting = registry.renewalOf('1');
		expect(waiting).toBeDefined();
		expect(registry.renewalOf('2')).toBeUndefined();
		end();
		await Promise.all([renewal, waiting]);
		expect(registry.renewalOf('1')).toBeUndefined();
	});

	it('goes on when that of another credential ends', async () => {
		let end = () => {};
		const renewal = registry.renewAlone('1', async () => {
			await new Promise<void>((resolve) => (end = resolve));
		});
		await registry.renewAlone('2', async () => {});
		expect(registry.renewalOf('1')).toBeDefined();
		end();
		await renewal;
	});

	it('that fails lets the others go on, and returns what went wrong', async () => {
		const renewal = registry.renewAlone('1', async () => await Promise.reject(new Error('lost')));
		const waiting = registry.renewalOf('1');
		await expect(renewal).rejects.toThrow('lost');
		await expect(waiting).resolves.toBeUndefined();
		expect(registry.renewalOf('1')).toBeUndefined();
	});
});
