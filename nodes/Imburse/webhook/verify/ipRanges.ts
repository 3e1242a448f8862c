/** A range of IP addresses: those that share the leading bits. */
export type IpRange = { bytes: number[]; bits: number };

/**
 * Parses a list of IPv4 and IPv6 addresses and of ranges such as `203.0.113.0/24`.
 *
 * @returns the ranges, and the entries that are neither
 */
export function parseIpRanges(text: string): { ranges: IpRange[]; invalidEntries: string[] } {
	const entries = text.split(/[\s,;]+/).filter((entry) => entry !== '');
	const ranges: IpRange[] = [];
	const invalidEntries: string[] = [];
	for (const entry of entries) {
		const range = parseRange(entry);
		if (range) ranges.push(range);
		else invalidEntries.push(entry);
	}
	return { ranges, invalidEntries };
}

/** Whether an IP address is in one of the ranges. What is no IP address is in none. */
export function isInRanges(ipAddress: string, ranges: readonly IpRange[]): boolean {
	const bytes = parseIp(ipAddress);
	return bytes !== undefined && ranges.some((range) => covers(range, bytes));
}

function covers({ bytes, bits }: IpRange, address: readonly number[]): boolean {
	if (bytes.length !== address.length) return false;
	return bytes.every((byte, index) => {
		const counted = Math.min(8, Math.max(0, bits - index * 8));
		const mask = (0xff << (8 - counted)) & 0xff;
		return (byte & mask) === ((address[index] ?? 0) & mask);
	});
}

function parseRange(entry: string): IpRange | undefined {
	const [text = '', prefix, ...rest] = entry.split('/');
	const bytes = parseIp(text);
	if (!bytes || rest.length > 0) return undefined;
	const all = bytes.length * 8;
	if (prefix === undefined) return { bytes, bits: all };
	if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > all) return undefined;
	return { bytes, bits: Number(prefix) };
}

/** Four or sixteen bytes. An IPv4 address inside an IPv6 address counts as IPv4. */
function parseIp(text: string): number[] | undefined {
	const plain = text.replace(/^::ffff:(?=\d+\.)/i, '');
	return parseIpv4(plain) ?? parseIpv6(plain);
}

function parseIpv4(text: string): number[] | undefined {
	const parts = text.split('.');
	if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part)))
		return undefined;
	const bytes = parts.map(Number);
	return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseIpv6(text: string): number[] | undefined {
	const halves = text.split('::');
	if (halves.length > 2) return undefined;
	const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
	const missing = 8 - head.length - tail.length;
	if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
	const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
	if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
	return groups.flatMap((group) => {
		const number = Number.parseInt(group, 16);
		return [number >> 8, number & 0xff];
	});
}
