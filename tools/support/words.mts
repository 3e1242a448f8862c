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
