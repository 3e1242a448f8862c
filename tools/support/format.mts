/** "8 s", "2 min 5 s" */
export function duration(milliseconds: number): string {
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** "0.4 GB", "87 MB", in steps of a thousand as disks are sold. */
export function size(bytes: number): string {
	if (bytes >= 1e8) return `${(bytes / 1e9).toFixed(1)} GB`;
	return `${Math.round(bytes / 1e6)} MB`;
}

/** A title and a table whose columns are aligned. */
export function formatTable(title: string, head: string[], rows: string[][]): string {
	const widths = head.map((_, column) =>
		Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
	);
	const line = (row: string[]) =>
		`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
	return [title, line(head), ...rows.map(line), ''].join('\n');
}
