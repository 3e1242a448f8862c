/** What the changelog says of one version, by Keep a Changelog. */
export interface ChangelogEntry {
	/** `0.1.0`, or `Unreleased`. */
	version: string;
	/** `YYYY-MM-DD`; undefined while the version is not released. */
	date: string | undefined;
	/** The lines under the heading, in Markdown. */
	text: string;
}

/** `## 0.1.0`, `## 0.1.0 - 2026-11-28`, and both with the version in brackets. */
const HEADING = /^## \[?([^\s\]]+)\]?(?: - (\S+))?\s*$/;

/** `[0.1.0]: https://…`, which stands at the end and belongs to no entry. */
const LINK_DEFINITION = /^\[[^\]]+\]: /;

export function entriesOf(changelog: string): ChangelogEntry[] {
	const parts = changelog.split(/^(?=## )/m).filter((part) => part.startsWith('## '));
	return parts.map((part) => {
		const [heading = '', ...lines] = part.split(/\r?\n/);
		const [, version = heading, date] = HEADING.exec(heading) ?? [];
		const text = lines.filter((line) => !LINK_DEFINITION.test(line)).join('\n');
		return { version, date, text: text.trim() };
	});
}

/** Everything that keeps a version from being released with this changelog, one sentence each. */
export function changelogProblems(changelog: string, version: string): string[] {
	const entries = entriesOf(changelog);
	const [entry, ...others] = entries.filter((each) => each.version === version);
	const wanted = `"## ${version} - YYYY-MM-DD"`;
	if (entry === undefined) return [`CHANGELOG.md has no entry ${wanted}: write one.`];
	const unreleased = entries.find((each) => each.version.toLowerCase() === 'unreleased');
	const problems: string[] = [];
	if (others.length > 0) problems.push(`CHANGELOG.md has ${version} twice: join the two.`);
	if (entry.date === undefined || !isDate(entry.date)) {
		problems.push(`CHANGELOG.md gives ${version} no date: write ${wanted}.`);
	}
	if (entry.text === '') problems.push(`CHANGELOG.md says nothing under ${version}.`);
	if (unreleased !== undefined && unreleased.text !== '') {
		problems.push(`CHANGELOG.md has lines under ${unreleased.version}: move them to ${version}.`);
	}
	return problems;
}

/** The notes of a release. Throws an Error when the changelog has none. */
export function releaseNotes(changelog: string, version: string): string {
	const text = entriesOf(changelog).find((entry) => entry.version === version)?.text ?? '';
	if (text === '') throw new Error(`CHANGELOG.md says nothing about ${version}.`);
	return `${text}\n`;
}

/** Whether it is a day of the calendar, written as ISO 8601 writes it. */
function isDate(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const day = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
