import { expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { RunResult } from '../harness/index.mts';

import {
	callsOf,
	failuresOf,
	itRefuses,
	linesOf,
	sourceOf,
	useCredential,
	type Under,
} from './operations.mts';
import { jsonAnswer, startRelay, type Relayed, type Steer } from './relay.mts';

/** One kind of object whose metadata is updated. */
export interface Updated {
	under: Under;
	/** Parameters that change the object. */
	update: (changed?: INodeParameters) => INodeParameters;
	/** Gives the object this metadata, as somebody else would. */
	give: (metadata: Record<string, string>) => Promise<unknown>;
	/** What the object has now. */
	current: () => Record<string, string> | undefined;
	/** Its path behind the version, for reading and for writing. */
	readPath: string;
	writePath: string;
}

const keys = (count: number, name = 'key') =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, 'x']));

interface Steered {
	run: RunResult;
	/** Method and path of every call. */
	received: string[];
}

/** An answer without the object that was asked for. */
const NOTHING_SHOWN = jsonAnswer(200, { message: 'Back in a minute.' });

/** Lets calls through up to the write, and answers all later ones with this. */
function answersOnceWritten(answer: Relayed): Steer {
	let written = false;
	return async (line, pass) => {
		if (written) return answer;
		written = line.startsWith('PUT');
		return await pass();
	};
}

/** What holds for the metadata of every kind of object. */
export function itUpdatesMetadata(kind: Updated): void {
	const { under, update, give, current, readPath, writePath } = kind;
	const entries = (...pairs: Array<[key: string, value: string]>) => ({
		metadata: { entry: pairs.map(([key, value]) => ({ key, value })) },
	});

	/** Runs an update whose calls are steered, with failures as items of the error output. */
	const updateThrough = async (steer: Steer): Promise<Steered> => {
		const relay = await startRelay(under().sandbox, steer);
		useCredential(under(), { baseUrl: relay.url });
		const run = await under().run(update(entries(['mine', 'M'])), {
			onError: 'continueErrorOutput',
		});
		await relay.stop();
		return { run, received: relay.received };
	};

	it.each(['v1', 'v2'])('keeps the other keys with Merge (%s)', async (apiVersion) => {
		await give({ kept: 'K', changed: 'old' });
		useCredential(under(), { apiVersion });
		const before = callsOf(under()).length;
		const run = await under().run(update(entries(['changed', 'new'], ['added', 'A'])));
		expect(run.error).toBeUndefined();
		const whole = { kept: 'K', changed: 'new', added: 'A' };
		expect(run.success).toEqual([
			{
				json: expect.objectContaining({
					metadata: whole,
					previousMetadata: { kept: 'K', changed: 'old' },
				}) as unknown,
				pairedItem: { item: 0 },
			},
		]);
		expect(run.success[0]?.json).not.toHaveProperty('changedMeanwhile');
		expect({ ...current() }).toEqual(whole);
		expect(linesOf(callsOf(under(), before))).toEqual([
			`GET /${apiVersion}${readPath}`,
			`PUT /${apiVersion}${writePath}`,
			`GET /${apiVersion}${readPath}`,
		]);
	});

	it('counts how many times it was written', async () => {
		const run = await under().run(
			update({ ...entries(['a', 'A']), options: { includeResponse: true } }),
		);
		expect(run.success[0]?.json.response).toMatchObject({ attempts: 1 });
	});

	it('removes the other keys with Replace, and says what was there', async () => {
		await give({ gone: 'G', changed: 'old' });
		const run = await under().run(update({ mode: 'replace', ...entries(['changed', 'new']) }));
		expect(run.success[0]?.json).toMatchObject({
			metadata: { changed: 'new' },
			previousMetadata: { gone: 'G', changed: 'old' },
		});
		expect({ ...current() }).toEqual({ changed: 'new' });
	});

	it('takes JSON, and fields of the incoming item', async () => {
		await give({});
		await under().run(update({ metadataInputMode: 'json', metadataJson: '{ "a": "Zürich" }' }));
		await under().run(update({ metadataInputMode: 'item', metadataItemFields: 'b, c' }), {
			items: [{ b: 'B', c: 3, d: 'left out' }],
		});
		expect({ ...current() }).toEqual({ a: 'Zürich', b: 'B', c: '3' });
	});

	it('can be written form-encoded', async () => {
		await give({ kept: 'ü & =' });
		useCredential(under(), { bodyFormat: 'form' });
		await under().run(update(entries(['a', 'Zürich & Söhne = 1'])));
		expect({ ...current() }).toEqual({ kept: 'ü & =', a: 'Zürich & Söhne = 1' });
		const put = callsOf(under())
			.filter(({ method }) => method === 'PUT')
			.at(-1);
		expect(put?.headers['content-type']).toBe('application/x-www-form-urlencoded');
	});

	it('loses nothing of two items that change the same object', async () => {
		await give({ first: 'F' });
		const run = await under().run(update(entries(['={{ $json.key }}', 'x'])), {
			items: Array.from({ length: 12 }, (_, index) => ({ key: `item${index}` })),
		});
		expect(run.success.map(sourceOf)).toEqual(Array.from({ length: 12 }, (_, index) => index));
		expect({ ...current() }).toEqual({ first: 'F', ...keys(12, 'item') });
		expect(run.success.some(({ json }) => 'changedMeanwhile' in json)).toBe(false);
	});

	it('treats a key such as __proto__ as any other', async () => {
		await give({ kept: 'K' });
		await under().run(update(entries(['__proto__', 'P'], ['constructor', 'C'])));
		expect(JSON.stringify(current())).toBe('{"kept":"K","__proto__":"P","constructor":"C"}');
	});

	it('refuses what would be too many keys together, and writes nothing', async () => {
		await give(keys(49));
		const before = callsOf(under()).length;
		const run = await under().run(update(entries(['a', 'A'], ['b', 'B'])), {
			onError: 'continueErrorOutput',
		});
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining('51 keys') as unknown,
			description: expect.stringMatching(/^Nothing was changed\./) as unknown,
			outcome: 'invalid',
			retryable: false,
		});
		expect(callsOf(under(), before).map(({ method }) => method)).toEqual(['GET']);
	});

	it('takes exactly as many keys together as Imburse does', async () => {
		await give(keys(49));
		await under().run(update(entries(['key0', 'changed'], ['b', 'B'])));
		expect(Object.keys(current() ?? {})).toHaveLength(50);
	});

	it('shows what somebody else changed before it was read back', async () => {
		await give({ kept: 'K' });
		const relay = await startRelay(under().sandbox, async (line, pass) => {
			const answer = await pass();
			if (line.startsWith('PUT')) await give({ kept: 'other', mine: 'M', foreign: 'X' });
			return answer;
		});
		useCredential(under(), { baseUrl: relay.url });
		const run = await under().run(update(entries(['mine', 'M'], ['lost', 'L'])));
		await relay.stop();
		expect(run.success[0]?.json).toMatchObject({
			metadata: { kept: 'other', mine: 'M', foreign: 'X' },
			changedMeanwhile: ['kept', 'lost', 'foreign'],
		});
	});

	it('says that it was written when it only cannot be read back', async () => {
		await give({ kept: 'K' });
		const { run } = await updateThrough(
			answersOnceWritten(jsonAnswer(503, { correlationId: '0HL:7' })),
		);
		expect({ ...current() }).toEqual({ kept: 'K', mine: 'M' });
		const [failure] = failuresOf(run);
		expect(failure?.message).toMatch(/was written.*could not be read back/);
		expect(failure?.description).not.toContain('Nothing was changed');
		expect(failure).toMatchObject({ outcome: 'unknown', httpStatus: 503, correlationId: '0HL:7' });
	});

	it('writes nothing over what an answer does not show', async () => {
		await give({ kept: 'K' });
		const { run, received } = await updateThrough(async (line, pass) =>
			line.startsWith('GET') ? NOTHING_SHOWN : await pass(),
		);
		expect({ ...current() }).toEqual({ kept: 'K' });
		expect(received.filter((line) => line.startsWith('PUT'))).toEqual([]);
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining('answer does not show the') as unknown,
			description: expect.stringMatching(/^Nothing was changed\./) as unknown,
			outcome: 'unavailable',
		});
	});

	it('says that it was written when the answer to reading it back does not show it', async () => {
		await give({ kept: 'K' });
		const { run } = await updateThrough(answersOnceWritten(NOTHING_SHOWN));
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringContaining('the answer does not show it') as unknown,
			outcome: 'unknown',
		});
	});

	it('says that nobody knows when the answer to the write is lost', async () => {
		await give({ kept: 'K' });
		const { run, received } = await updateThrough(async (line, pass) => {
			const answer = await pass();
			return line.startsWith('PUT') ? 'lost' : answer;
		});
		expect(received.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
		expect(failuresOf(run)[0]).toMatchObject({
			message: expect.stringMatching(/^It is not known whether .* was changed: /) as unknown,
			description: expect.stringMatching(/^Run it again/) as unknown,
			outcome: 'unknown',
			retryable: true,
		});
	});

	itRefuses(under, update, [
		['no metadata at all', { metadata: {} }, /^Metadata: there is nothing to write/],
		[
			'to replace all by nothing',
			{ mode: 'replace', metadataInputMode: 'json', metadataJson: '' },
			/^Metadata: there is nothing to write/,
		],
		['a value that is not there', entries(['a', '={{ $json.missing }}']), /^Metadata > a: /],
		['a key twice', entries(['a', '1'], ['a', '2']), /^Metadata > a: the key is there 2 times/],
		['an empty key', entries(['', '1']), /^Metadata > 1: the key is empty/],
		['a key of 41 characters', entries(['k'.repeat(41), '1']), /^Metadata > kkk.* 41/],
		['a value of 501 characters', entries(['a', 'v'.repeat(501)]), /^Metadata > a: .* 501/],
		['a card number', entries(['note', '4111 1111 1111 1111']), /^Metadata > note: /],
		[
			'JSON that is a list',
			{ metadataInputMode: 'json', metadataJson: '["a"]' },
			/^Metadata \(JSON\): .*not a JSON object/,
		],
		[
			'51 keys',
			{ metadataInputMode: 'json', metadataJson: JSON.stringify(keys(51)) },
			/^Metadata \(JSON\): there are 51 keys/,
		],
	]);
}
