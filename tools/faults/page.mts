import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { FAULTS, canBefall } from '../../test/engine/faults/faultTable.mts';
import { MODES } from '../../test/engine/faults/trial.mts';
import { WRITES, type Write } from '../../test/engine/faults/writeTable.mts';
import { projectFolder } from '../support/folders.mts';
import type { Flags } from './flags.mts';
import { readResults, resultKey, type CellResult } from './results.mts';

export const PAGE = join(projectFolder, 'docs', 'faults.md');

/** The outcomes of the node, in the words of the page. */
const OUTCOMES: Readonly<Record<string, string>> = {
	created: 'done',
	alreadyExisted: 'done',
	changed: 'done',
	claimed: 'done',
	cancelled: 'done',
	alreadyCancelled: 'done',
	listedAsDone: 'done',
	conflict: 'found done before',
	unknown: 'unknown',
	'failed somehow': 'unknown',
	sentBefore: 'unknown',
	failed: 'failed at Imburse',
	rejected: 'refused',
	unavailable: 'not done',
	notSent: 'not sent',
	invalid: 'not sent',
};

const OUTCOME_ORDER = [...new Set(Object.values(OUTCOMES))];

/** Writes the page about faults from what the runs have shown. */
export async function writePage(flags: Pick<Flags, 'items' | 'seed'>): Promise<number> {
	const results = readResults(flags);
	const text = [
		head(flags, [...results.values()]),
		...WRITES.map((write) => section(write, results)),
	];
	const style = await resolveConfig(PAGE);
	writeFileSync(PAGE, await format(text.join('\n\n'), { ...style, parser: 'markdown' }));
	console.log(`Written: ${PAGE} (${results.size} runs)`);
	return 0;
}

function head({ items, seed }: Pick<Flags, 'items' | 'seed'>, results: CellResult[]): string {
	const sum = (of: (one: CellResult) => number) =>
		results.reduce((total, one) => total + of(one), 0);
	const faults = Object.entries(FAULTS).map(
		([name, { sentence }]) => `- **${capitalize(name)}.** ${sentence}`,
	);
	return `<!-- Made by \`npm run faults\`: change the texts there, not here. -->

# When something goes wrong

Networks lose answers, gateways (servers between n8n and Imburse) answer in Imburse's place, servers fail half-way. This page shows how the Imburse node handles each of these, for every operation that changes something at Imburse: whether anything was done twice, whether anything was lost, and what you are told.

All of it was measured: an Imburse that runs on the developers' machine was told to misbehave, for about one call in five, while n8n's own engine ran the node with ${items} items. What the node said of each item was then compared with what that Imburse really had. Then everything was run once more without faults, as you would do. In ${results.length} such runs with ${sum(({ items }) => items)} items **${sum(({ duplicates }) => duplicates)} were done twice, ${sum(({ lost }) => lost)} were lost, and for ${sum(({ broken }) => broken.length)} the node said something untrue**. The seed was ${seed}.

## In short

${SUMMARY}

## What goes wrong

${faults.join('\n')}

## How to read the tables

Each operation has a table with a row for each thing that can go wrong with it.

- **Error Output**: what the items of one run say when *On Error* is set to *Continue (using error output)*. *Continue* without the output says the same.
- **Stop Workflow**: the same when the run ends with the first failure. The error says of every item what became of it.
- **Retry On Fail**: the same when n8n runs the node up to three times. Only the last try counts.
- **Run again**: what the items of all these runs say when you run them once more.
- **Twice** and **Lost**: payments that were made, or claimed, twice, and items that were not there at the end.

The words in the tables:

- *done*: it is at Imburse as you asked for it.
- *unknown*: no answer says for certain whether it was done. Run it again with the same references. A reward is the exception: look it up before you claim it again.
- *not sent*: the run stopped before this item. After three unknown items in a row the node stops by itself.
- *not done*: what Imburse had could not be read, so nothing was changed.
- *refused*: Imburse refused it, and nothing was done.
- *failed at Imburse*: the payment was made and failed there.
- *found done before*: for rewards only. The run before had claimed it already, and the node does not claim twice.`;
}

/** What the tables come to, for those who do not read them. */
const SUMMARY = `- **A lost answer costs nothing.** The node reads what Imburse has, and says *done* if it is done.
- **A few of a hundred items stay unknown** if Imburse fails again and again and nothing can be proved. Run them again with the same references: the second run found or made every one of them.
- **A run stops by itself** when nothing gets through, when the keys are refused, or after three unknown items in a row. Items that it had not reached are *not sent*.
- **Retry On Fail** makes most second runs needless, and pays nothing twice.`;

function section(write: Write, results: Map<string, CellResult>): string {
	const rows = Object.entries(FAULTS)
		.filter(([, fault]) => canBefall(fault, write))
		.map(([fault]) => row(fault, write, results));
	return [
		`## ${write.title}`,
		'',
		`<details><summary>${rows.length} ways of failing</summary>`,
		'',
		'| What goes wrong | Error Output | Stop Workflow | Retry On Fail | Run again | Twice | Lost |',
		'|---|---|---|---|---|---|---|',
		...rows,
		'',
		'</details>',
	].join('\n');
}

function row(fault: string, { title }: Write, results: Map<string, CellResult>): string {
	const of = (mode: string) => results.get(resultKey({ fault, write: title, mode }));
	const all = Object.keys(MODES).flatMap((mode) => of(mode) ?? []);
	const outcomesOf = (mode: string) => formatOutcomes([of(mode)?.said ?? {}]);
	const cells = [
		capitalize(fault),
		outcomesOf('error output'),
		outcomesOf('plain'),
		outcomesOf('Retry On Fail'),
		formatOutcomes(all.map(({ saidAgain }) => saidAgain)),
		String(all.reduce((sum, { duplicates }) => sum + duplicates, 0)),
		String(all.reduce((sum, { lost }) => sum + lost, 0)),
	];
	return `| ${cells.join(' | ')} |`;
}

function formatOutcomes(counts: Array<Record<string, number>>): string {
	const sums = new Map<string, number>();
	for (const [word, count] of counts.flatMap((one) => Object.entries(one))) {
		const outcome = OUTCOMES[word] ?? word;
		sums.set(outcome, (sums.get(outcome) ?? 0) + count);
	}
	const order = [...OUTCOME_ORDER, ...sums.keys()];
	const outcomes = [...new Set(order)].filter((word) => sums.has(word));
	return outcomes.map((word) => `${sums.get(word)} ${word}`).join(', ') || 'not run';
}

export function capitalize(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
