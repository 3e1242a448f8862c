import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';

import {
	findHole,
	findMissing,
	findNoData,
	namesBeside,
	readTemplate,
} from '../../../../nodes/Imburse/n8n/expression/holes.ts';
import { soleFieldPath } from '../../../../nodes/Imburse/n8n/expression/fieldPaths.ts';

const ITEM = {
	list: [],
	lost: [null],
	one: ['x'],
	spaces: '  ',
	claim: '17',
	empty: '',
	nothing: null,
	notANumber: NaN,
	zero: 0,
	deep: { a: 'A' },
};

/** Works code out as JavaScript does, with the item of another node beside. */
const lookup = {
	item: ITEM,
	evaluate: (code: string): unknown => {
		const $ = () => ({ item: { json: { there: 'T' } } });
		try {
			return runInNewContext(code, { $json: ITEM, $ });
		} catch {
			return undefined;
		}
	},
};

function holeIn(raw: string, value?: unknown): string | undefined {
	return findHole(readTemplate(raw), value, lookup)?.code;
}

describe('findHole', () => {
	it.each([
		['=CLM-{{ $json.nope }}', '$json.nope'],
		['=CLM-{{ $json.empty }}', '$json.empty'],
		['=CLM-{{ $json.nothing }}', '$json.nothing'],
		['=CLM-{{ $json.notANumber }}', '$json.notANumber'],
		['=CLM-{{ $json.deep.nope }}', '$json.deep.nope'],
		['=CLM-{{ $json["no such"] }}', '$json["no such"]'],
		['=CLM-{{ $json.nope.trim() }}', '$json.nope'],
		['=CLM-{{ $json.nope ?? "" }}', '$json.nope ?? ""'],
		['=CLM-{{ $("Sheet").item.json.nope }}', '$("Sheet").item.json.nope'],
		['={{ $json.claim }}-{{ $json.nope }}', '$json.nope'],
		['={{ $json.claim }}{{ $json.nope }}', '$json.nope'],
		['= {{ $json.nope }}', '$json.nope'],
		['=CLM-{{ [].join("-") }}', '[].join("-")'],
		['=CLM-{{ $json.list }}', '$json.list'],
		['=CLM-{{ $json.lost }}', '$json.lost'],
		['=CLM-{{ $json.spaces }}', '$json.spaces'],
	])('finds in %s what gives nothing', (raw, code) => {
		expect(holeIn(raw, 'CLM-')).toBe(code);
	});

	it.each([
		['={{ "CLM-" + $json.nope }}', 'CLM-undefined', '$json.nope'],
		['={{ ["CLM", $json.nope].join("-") }}', 'CLM-', '$json.nope'],
		['={{ ["CLM", $json.empty].join("-") }}', 'CLM-', '$json.empty'],
		['={{ `CLM-${$json.nope}` }}', 'CLM-undefined', '$json.nope'],
		['={{ [$json.claim || "CLM", $json.nope].join("-") }}', 'CLM-', '$json.nope'],
		['={{ "CLM-" + $json.list }}', 'CLM-', '$json.list'],
		['={{ $json.nope === "x" ? "A" : "B" }}', 'B', '$json.nope'],
		['={{ $json.empty != "x" ? "A" : "B" }}', 'A', '$json.empty'],
		['={{ $json.nope }}', undefined, '$json.nope'],
		['={{ $json.nope.slice(0, 10) }}', null, '$json.nope'],
		['={{ undefined }}', undefined, 'undefined'],
	])('finds in the one expression %s what gives nothing', (raw, value, code) => {
		expect(holeIn(raw, value)).toBe(code);
	});

	it.each([
		['=CLM-{{ $json.claim }}', 'CLM-17'],
		['=CLM-{{ $json.zero }}', 'CLM-0'],
		['=CLM-{{ $json.nope ?? $json.claim }}', 'CLM-17'],
		['=CLM-{{ $("Sheet").item.json.there }}', 'CLM-T'],
		['={{ $json.empty }}', ''],
		['={{ $json.nothing }}', null],
		['={{ $json.empty.slice(0, 10) }}', ''],
		['={{ $json.nope ?? "" }}', ''],
		['={{ $json.nothing?.slice(0, 10) }}', undefined],
		['={{ $json.empty ? 1 : undefined }}', undefined],
		['={{ [$json.claim, $json.empty].filter(Boolean).join("-") }}', '17'],
		['={{ $json.claim.length }}', 2],
		['={{ $json.nope ? "A" : "B" }}', 'B'],
		['={{ $json.nope === undefined ? "A" : "B" }}', 'A'],
		['={{ $json.nope == null ? "A" : "B" }}', 'A'],
		['={{ $json.empty === "" ? "A" : "B" }}', 'A'],
		['={{ $json.empty === "x" ? "A" : "" }}', ''],
		['={{ $json.zero === 1 ? "A" : "B" }}', 'B'],
		['=fixed', 'fixed'],
	])('finds nothing in %s', (raw, value) => {
		expect(holeIn(raw, value)).toBeUndefined();
	});
});

describe('findNoData', () => {
	it.each(['={{ "CLM" + ($json.nope ?? "") }}', '={{ $json.nope || $json.empty || "X" }}'])(
		'sees that %s holds nothing of the data',
		(raw) => {
			expect(findNoData(readTemplate(raw), lookup)).toBeDefined();
		},
	);

	it.each(['={{ "CLM" + ($json.nope ?? $json.claim) }}', '=FIXED', '={{ "FIXED" }}'])(
		'sees nothing amiss in %s',
		(raw) => {
			expect(findNoData(readTemplate(raw), lookup)).toBeUndefined();
		},
	);
});

describe('findMissing', () => {
	it('finds what is not there at all, and not what is empty or provided for', () => {
		const codeOf = (raw: string) => findMissing(readTemplate(raw), lookup)?.code;
		expect(codeOf('={{ [{ a: $json.empty, b: $json.nope }] }}')).toBe('$json.nope');
		expect(codeOf('={{ [{ a: $json.empty, b: $json.nope ?? "" }] }}')).toBeUndefined();
	});
});

describe('namesBeside', () => {
	it.each([
		['$json.nope', { missing: 'nope', names: Object.keys(ITEM) }],
		['$json.deep.nope', { missing: 'nope', names: ['a'] }],
		['$json.deep.nope.more', { missing: 'nope', names: ['a'] }],
		['$json.claim.more', { missing: 'more', names: [] }],
		['$("Sheet").item.json.nope', { missing: 'nope', names: ['there'] }],
		['$json.empty', undefined],
	])('tells for %s what is missing beside what', (code, beside) => {
		expect(namesBeside(soleFieldPath(code)!, lookup)).toEqual(beside);
	});
});
