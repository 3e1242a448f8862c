import { describe, expect, it } from '@jest/globals';
import { changelogProblems, entriesOf, releaseNotes } from '../../../tools/release/changelog.mts';

const changelog = `# Changelog

## [Unreleased]

## [0.2.0] - 2026-12-01

### Added

- Something.

## 0.1.0 - 2026-11-28

First version.

[0.2.0]: https://example.com/compare
`;

const change = (from: string, to: string): string => {
	const changed = changelog.replace(from, to);
	if (changed === changelog) throw new Error(`"${from}" is not there.`);
	return changed;
};

describe('the entries of a changelog', () => {
	it('are read with their dates, and without the links at the end', () => {
		expect(entriesOf(changelog)).toEqual([
			{ version: 'Unreleased', date: undefined, text: '' },
			{ version: '0.2.0', date: '2026-12-01', text: '### Added\n\n- Something.' },
			{ version: '0.1.0', date: '2026-11-28', text: 'First version.' },
		]);
	});

	it('are read with the line ends of Windows', () => {
		expect(entriesOf(changelog.replaceAll('\n', '\r\n'))).toEqual(entriesOf(changelog));
	});
});

describe('a changelog', () => {
	it('is ready for a version that it describes', () => {
		expect(changelogProblems(changelog, '0.2.0')).toEqual([]);
	});

	it.each([
		[
			'has no entry',
			changelog,
			'0.3.0',
			'CHANGELOG.md has no entry "## 0.3.0 - YYYY-MM-DD": write one.',
		],
		[
			'has no date',
			change(' - 2026-12-01', ''),
			'0.2.0',
			'CHANGELOG.md gives 0.2.0 no date: write "## 0.2.0 - YYYY-MM-DD".',
		],
		[
			'has a day that is none',
			change('2026-12-01', '2026-02-30'),
			'0.2.0',
			'CHANGELOG.md gives 0.2.0 no date: write "## 0.2.0 - YYYY-MM-DD".',
		],
		[
			'has another form of date',
			change('2026-12-01', '01.12.2026'),
			'0.2.0',
			'CHANGELOG.md gives 0.2.0 no date: write "## 0.2.0 - YYYY-MM-DD".',
		],
		['is empty', change('First version.', ''), '0.1.0', 'CHANGELOG.md says nothing under 0.1.0.'],
		[
			'has lines that wait',
			change('## [Unreleased]', '## [Unreleased]\n\n- Later.'),
			'0.2.0',
			'CHANGELOG.md has lines under Unreleased: move them to 0.2.0.',
		],
		[
			'has the version twice',
			change('## 0.1.0 ', '## 0.2.0 '),
			'0.2.0',
			'CHANGELOG.md has 0.2.0 twice: join the two.',
		],
	])('that %s is refused', (_what, text, version, problem) => {
		expect(changelogProblems(text, version)).toEqual([problem]);
	});
});

describe('the notes of a release', () => {
	it('are what the changelog says of it', () => {
		expect(releaseNotes(changelog, '0.2.0')).toBe('### Added\n\n- Something.\n');
	});

	it('cannot be empty', () => {
		expect(() => releaseNotes(changelog, '0.3.0')).toThrow(
			'CHANGELOG.md says nothing about 0.3.0.',
		);
	});
});
