import { scenariosOf, type ReleaseResult } from './table.mts';

/**
 * What the tests say of an n8n that is tried and not of the known one, one sentence each, the worst
 * first. What fails on both says nothing about the new one.
 */
export function compareResults(known: ReleaseResult, tried: ReleaseResult): string[] {
	if (known.result === undefined || tried.result === undefined) {
		const broken = known.result === undefined ? known : tried;
		return [`On n8n ${broken.version} the tests broke off: there is nothing to compare.`];
	}
	const before = scenariosOf(known.result);
	const after = scenariosOf(tried.result);
	const scenarios = [...new Set([...before.keys(), ...after.keys()])];
	const changed = scenarios.flatMap((scenario) => {
		const was = before.get(scenario)?.status ?? 'not run';
		const is = after.get(scenario)?.status ?? 'not run';
		return was === is ? [] : [{ scenario, was, is }];
	});
	return changed
		.sort((one, other) => Number(one.is === 'passed') - Number(other.is === 'passed'))
		.map(
			({ scenario, was, is }) =>
				`${scenario}: ${was} on ${known.version}, ${is} on ${tried.version}`,
		);
}
