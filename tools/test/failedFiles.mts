/**
 * Takes what jest prints line by line, and tells each file that failed once: as soon as it has, and
 * not again in the summary.
 */
export function failedFiles(tell: (file: string) => void): (line: string) => void {
	const told = new Set<string>();
	return (line) => {
		const file = /^FAIL (\S+)/.exec(line)?.[1];
		if (file === undefined || told.has(file)) return;
		told.add(file);
		tell(file);
	};
}
