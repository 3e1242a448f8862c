import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { executionsOf } from '../../../tools/n8n/execution.mts';
import type { InstalledN8n } from '../../../tools/n8n/install.mts';
import {
	activateWorkflow,
	deactivateWorkflow,
	importWorkflow,
} from '../../../tools/n8n/workflow.mts';
import {
	chain,
	imburseNode,
	imburseTrigger,
	installedN8n,
	newKeys,
	recordSecrets,
	payout,
	testEnvironment,
	receiver,
	runOnce,
	sharedN8n,
	startImburse,
	waitUntil,
	workflowOf,
	type Secret,
} from '../harness/index.mts';
import { change, databasesBelow, dump, dumpAll } from './support/databases.mts';
import { search } from './support/search.mts';

/** Stands in executions, and is no secret. */
const CLAIM = 'CLAIM-THAT-IS-FOUND';
const WEBHOOK_ID = randomUUID();

let installed: InstalledN8n;
let dataFolder: string;
/** Beside n8n's data, so that nothing of it is searched. */
let folder: string;
let patternsFile: string;
/** Of the copies of n8n's databases. */
let copies: string[];

/** Comes after all other files: stops the n8n that they share, and writes its databases down. */
beforeAll(async () => {
	const premise = await testEnvironment();
	({ dataFolder } = premise);
	installed = await installedN8n();
	folder = join(dirname(premise.secretsFile), 'search');
	patternsFile = join(folder, 'patterns.txt');
	await mkdir(folder);
	await claimAReward();
	await (await sharedN8n()).stop();
	copies = await dumpAll(installed, {
		databases: await databasesBelow(dataFolder),
		root: dataFolder,
		into: join(folder, 'databases'),
	});
}, 660_000);

/**
 * A payment that is paid out as a gift card, of which the code is as good as money; and its events,
 * which come with signatures.
 */
async function claimAReward(): Promise<void> {
	const { api, url } = await sharedN8n();
	const verificationKey = randomBytes(32).toString('base64');
	const fields = { webhookVerificationKey: verificationKey };
	const imburse = await startImburse(api, { rewardSettlingReads: 0 }, fields);
	const { sandbox, credential } = imburse;
	const trigger = imburseTrigger(credential, WEBHOOK_ID);
	const events = await importWorkflow(api, workflowOf([trigger, receiver('Event')]));
	await activateWorkflow(api, events);
	sandbox.webhooks.addDestination({
		url: `${url}/webhook/${WEBHOOK_ID}/webhook`,
		verificationKey,
		redelivery: Array.from({ length: 60 }, () => 500),
	});
	const reward = {
		resource: 'reward',
		operation: 'claim',
		orderRef: CLAIM,
		instructionRef: `${CLAIM}-1`,
		rewardId: 'REWARD-BOOKS-ANY',
	};
	const pay = imburseNode('Pay', credential, payout(imburse));
	const run = await runOnce(
		api,
		chain([{ claim: CLAIM }], pay, imburseNode('Claim', credential, reward)),
	);
	expect(run.error ?? run.status).toBe('success');
	const { transaction } = sandbox.store.instruction(CLAIM, `${CLAIM}-1`) ?? {};
	await recordSecrets([{ what: 'reward code', value: `FAKE-CODE-${transaction?.transactionId}` }]);
	await waitUntil('n8n has taken an event', async () =>
		(await executionsOf(api, events, 1)).some(({ status }) => status === 'success'),
	);
	await deactivateWorkflow(api, events);
	await imburse.stop();
}

const notedSecrets = async (): Promise<Secret[]> => {
	const { secretsFile } = await testEnvironment();
	const lines = (await readFile(secretsFile, 'utf8')).trimEnd().split('\n');
	return lines.map((line) => JSON.parse(line) as Secret);
};

describe('The search for secrets', () => {
	it('finds what is no secret: what executions put out, and workflows', async () => {
		const claim = [{ what: 'claim', value: CLAIM }];
		const found = await search(join(folder, 'databases'), claim, patternsFile);
		expect(found).toContain(`claim in ${join('shared', '.n8n', 'rows.txt')}`);
		const type = [{ what: 'node', value: 'n8n-nodes-imburse.imburse' }];
		for (const copy of copies) {
			expect(await search(copy, type, patternsFile)).toContain('node in rows.txt');
		}
	});

	it('finds a secret that is planted, however it is written and wherever', async () => {
		const secret = newKeys().privateKey;
		const planted = join(folder, 'planted');
		const copy = join(folder, 'databases', 'shared', '.n8n');
		await cp(copy, join(planted, 'database'), { recursive: true });
		const flatted = JSON.stringify([{ headers: '1' }, { authorization: '2' }, `Bearer ${secret}`]);
		const statement =
			'update execution_data set data = ? where rowid = (select max(rowid) from execution_data)';
		await change(installed, join(planted, 'database'), statement, flatted);
		await dump(installed, join(planted, 'database'));
		const texts: Record<string, string> = {
			plain: `{"privateKey":"${secret}"}`,
			escaped: JSON.stringify(JSON.stringify({ key: secret })),
			url: `GET /webhook?secret=${encodeURIComponent(secret)} 200`,
			hex: `key=${Buffer.from(secret, 'base64').toString('hex')};`,
			base64url: `key=${Buffer.from(secret, 'base64').toString('base64url')};`,
			basic: `Basic ${Buffer.from(`imburse:${secret}`).toString('base64')}`,
			nested: Buffer.from(JSON.stringify({ id: 7, key: secret })).toString('base64url'),
		};
		for (const [name, text] of Object.entries(texts)) {
			await writeFile(join(planted, `${name}.log`), `before\n${text}\nafter\n`);
		}

		const found = await search(planted, [{ what: 'key', value: secret }], patternsFile);
		expect(found).toEqual(
			expect.arrayContaining([
				`key in ${join('database', 'rows.txt')}`,
				...Object.keys(texts).map((name) => `key in ${name}.log`),
			]),
		);
	});

	it('finds none in any database, log, execution or file', async () => {
		const secrets = await notedSecrets();
		const kinds = [...new Set(secrets.map(({ what }) => what))];
		expect(kinds).toEqual(
			expect.arrayContaining([
				'privateKey',
				'webhookVerificationKey',
				'access token',
				'signature of a token call',
				'signature of a delivery',
				'reward code',
			]),
		);
		const where = copies.map((copy) => relative(join(folder, 'databases'), copy));
		console.log(`${secrets.length} secrets (${kinds.join(', ')}), databases: ${where.join(', ')}`);

		expect(await search(dataFolder, secrets, patternsFile)).toEqual([]);
		expect(await search(join(folder, 'databases'), secrets, patternsFile)).toEqual([]);
	});
});
