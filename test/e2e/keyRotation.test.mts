import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openCredential, saveCredential } from '../../tools/n8n/credential.mts';
import { runManually, startManually, waitForEnd } from '../../tools/n8n/execution.mts';
import { importWorkflow, type Workflow } from '../../tools/n8n/workflow.mts';
import {
	chain,
	imburseNode,
	newKeys,
	recordSecrets,
	payout,
	runOnce,
	sharedN8n,
	START,
	startImburse,
	waitUntil,
	type TestImburse,
	type TestN8n,
} from './harness/index.mts';

type Keys = ReturnType<typeof newKeys>;

const CLAIMS = Array.from({ length: 30 }, (_, index) => `CLAIM-${index + 1}`);
const WAITED_FOR = ['CLAIM-1', 'CLAIM-2'];

let n8n: TestN8n;
let imburse: TestImburse;
/** What the Tenant Portal gave out in place of the keys that the credential holds. */
let fresh: Keys;

beforeAll(async () => {
	n8n = await sharedN8n();
});

beforeEach(async () => {
	imburse = await startImburse(n8n.api);
	fresh = newKeys();
	await recordSecrets([{ what: 'new private key', value: fresh.privateKey }]);
});

afterEach(() => imburse.stop());

/** What the user does in n8n. */
const saveNewKeys = () => saveCredential(n8n.api, imburse.credential, { ...fresh });

/** What the user does in the Tenant Portal: the new keys are there, and the old ones no longer. */
function revokeOldKeys(): void {
	Object.assign(imburse.sandbox.options, fresh);
	imburse.sandbox.expireTokens();
}

function pay(claims: string[]): Workflow {
	const parameters = { ...payout(imburse), options: { maxConcurrency: 2 } };
	return chain(
		claims.map((claim) => ({ claim })),
		imburseNode('Pay', imburse.credential, parameters, { onError: 'continueErrorOutput' }),
	);
}

function waitFor(claims: string[]): Workflow {
	const parameters = {
		resource: 'instruction',
		operation: 'waitForStatus',
		orderRef: '={{ $json.claim }}',
		instructionRef: '={{ $json.claim }}-1',
	};
	return chain(
		claims.map((claim) => ({ claim })),
		imburseNode('Wait', imburse.credential, parameters, { onError: 'continueErrorOutput' }),
	);
}

/** Pays claims and starts a run that waits for them. Resolves once it does. */
async function startWaiting() {
	const { sandbox } = imburse;
	const paid = await runOnce(n8n.api, pay(WAITED_FOR));
	expect(paid.output('Pay')).toHaveLength(WAITED_FOR.length);
	const before = sandbox.counts.byRoute.getInstruction ?? 0;
	const workflowId = await importWorkflow(n8n.api, waitFor(WAITED_FOR));
	const executionId = await startManually(n8n.api, workflowId, START);
	await waitUntil('both are waited for', () => {
		return (sandbox.counts.byRoute.getInstruction ?? 0) >= before + 2 * WAITED_FOR.length;
	});
	return { workflowId, executionId };
}

/** Starts paying all claims, slowly. Resolves when some are paid, and most are not. */
async function startPaying() {
	imburse.sandbox.setFaults([{ kind: 'delay', at: 'beforeWrite', ms: 200, route: 'createOrder' }]);
	const workflowId = await importWorkflow(n8n.api, pay(CLAIMS));
	const executionId = await startManually(n8n.api, workflowId, START);
	await waitUntil('some orders are made', () => imburse.sandbox.store.orders.length >= 3);
	expect(imburse.sandbox.store.orders.length).toBeLessThan(CLAIMS.length / 2);
	return { workflowId, executionId };
}

/** The keys with which tokens were asked for, and what came of it. */
function tokenCalls(): string[] {
	return imburse.sandbox.requests
		.filter(({ name }) => name === 'issueToken')
		.map(({ headers, status }) => {
			const isNew = headers.authorization?.includes(fresh.publicKey) === true;
			return `${isNew ? 'new' : 'old'} ${status}`;
		});
}

async function expectNewKeysStored(): Promise<void> {
	const { data } = await openCredential(n8n.api, imburse.credential.id);
	expect(data.publicKey).toBe(fresh.publicKey);
}

/** Each claim has one order at Imburse with one instruction, whatever happened. */
function expectOneEach(claims: string[]): void {
	const made = imburse.sandbox.store.orders.flatMap(({ instructions }) =>
		instructions.map(({ instructionRef }) => instructionRef),
	);
	expect(made.sort()).toEqual(claims.map((claim) => `${claim}-1`).sort());
	expect(imburse.sandbox.counts.orders).toBe(claims.length);
}

interface ItemError {
	outcome: string;
	message: string;
	description: string;
}

const errorsOf = (items: Record<string, unknown>[]) => items.map(({ error }) => error as ItemError);

/** The claims that these errors speak of. */
const named = (errors: ItemError[]) => errors.map(({ message }) => /CLAIM-\d+/.exec(message)?.[0]);

/** An error that says what is wrong, and which fields to mend. */
const ABOUT_KEYS = {
	message: expect.stringContaining('because Imburse refused the keys') as unknown,
	description: expect.stringMatching(/revoked.*Public Key.*Private Key/) as unknown,
};

describe('new keys that are saved before the old ones are revoked', () => {
	it('are taken up by a run that waits, with one token call', async () => {
		const { executionId } = await startWaiting();
		await saveNewKeys();
		revokeOldKeys();
		const refused = await waitUntil('the old token is refused', () =>
			imburse.sandbox.requests.find(({ status }) => status === 401),
		);
		expect(refused.name).toBe('getInstruction');
		imburse.sandbox.advance('SETTLED');
		const run = await waitForEnd(n8n.api, executionId);

		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Wait')).toMatchObject(
			WAITED_FOR.map((orderRef) => ({ orderRef, status: 'SETTLED' })),
		);
		expect(run.output('Wait', 1)).toEqual([]);
		expect(tokenCalls()).toEqual(['old 201', 'new 201']);
		await expectNewKeysStored();
		expectOneEach(WAITED_FOR);
	});

	it('are taken up in the middle of many payments, none of which is left out or made twice', async () => {
		const { executionId, workflowId } = await startPaying();
		await saveNewKeys();
		revokeOldKeys();
		const run = await waitForEnd(n8n.api, executionId);

		expect(run.error ?? run.status).toBe('success');
		expect(run.output('Pay')).toMatchObject(
			CLAIMS.map((orderRef) => ({ orderRef, result: 'created' })),
		);
		expect(run.output('Pay', 1)).toEqual([]);
		expect(tokenCalls()).toEqual(['old 201', 'new 201']);
		expectOneEach(CLAIMS);

		await expectNewKeysStored();
		await runManually(n8n.api, workflowId, START);
		expect(tokenCalls()).toHaveLength(2);
		expectOneEach(CLAIMS);
	});
});

describe('old keys that are revoked before the new ones are saved', () => {
	it('end a run that waits with words about the keys, and it can wait again with the new ones', async () => {
		const { executionId, workflowId } = await startWaiting();
		revokeOldKeys();
		const run = await waitForEnd(n8n.api, executionId);

		expect(run.output('Wait')).toEqual([]);
		expect(errorsOf(run.output('Wait', 1))).toMatchObject(
			WAITED_FOR.map(() => ({ ...ABOUT_KEYS, outcome: 'unavailable' })),
		);
		expect(tokenCalls()).toEqual(['old 201', 'old 401']);

		await saveNewKeys();
		imburse.sandbox.advance('SETTLED');
		const again = await runManually(n8n.api, workflowId, START);
		expect(again.output('Wait')).toMatchObject(
			WAITED_FOR.map((orderRef) => ({ orderRef, status: 'SETTLED' })),
		);
		expect(tokenCalls()).toEqual(['old 201', 'old 401', 'new 201']);
		expectOneEach(WAITED_FOR);
	});

	it('end a run of many payments, which names what was not sent; the next run makes up for it', async () => {
		const { executionId, workflowId } = await startPaying();
		revokeOldKeys();
		const run = await waitForEnd(n8n.api, executionId);

		const paid = run.output('Pay').map(({ orderRef }) => orderRef);
		const errors = errorsOf(run.output('Pay', 1));
		const unknown = named(errors.filter(({ outcome }) => outcome === 'unknown'));
		const notSent = named(errors.filter(({ outcome }) => outcome === 'notSent'));
		expect([...paid, ...unknown, ...notSent].sort()).toEqual([...CLAIMS].sort());
		expect(imburse.sandbox.store.orders.map(({ orderRef }) => orderRef).sort()).toEqual(
			[...paid, ...unknown].sort(),
		);
		expect(notSent.length).toBeGreaterThan(CLAIMS.length / 2);
		expect(errors[0]).toMatchObject(ABOUT_KEYS);
		expect(tokenCalls()).toEqual(['old 201', 'old 401']);

		await saveNewKeys();
		imburse.sandbox.clearFaults();
		const again = await runManually(n8n.api, workflowId, START);
		expect(again.output('Pay').map(({ orderRef }) => orderRef)).toEqual(CLAIMS);
		expect(tokenCalls()).toEqual(['old 201', 'old 401', 'new 201']);
		expectOneEach(CLAIMS);
	});
});

describe('new keys that are saved while a token is fetched with the old ones', () => {
	it('stay as they were saved, and are used at once', async () => {
		imburse.sandbox.setFaults([
			{ kind: 'delay', at: 'afterWrite', ms: 4_000, route: 'issueToken', calls: { next: 1 } },
		]);
		const workflowId = await importWorkflow(n8n.api, pay(WAITED_FOR));
		const executionId = await startManually(n8n.api, workflowId, START);
		await waitUntil('a token is asked for', () => imburse.sandbox.tokenCalls === 1);
		await saveNewKeys();
		revokeOldKeys();
		const run = await waitForEnd(n8n.api, executionId);

		expect(run.output('Pay')).toMatchObject(WAITED_FOR.map((orderRef) => ({ orderRef })));
		expect(tokenCalls()).toEqual(['old 201', 'new 201']);
		await expectNewKeysStored();
		expectOneEach(WAITED_FOR);
	});
});
