import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isInRanges, parseIpRanges } from '../../../../nodes/Imburse/webhook/verify/ipRanges.ts';

function allows(list: string, address: string): boolean {
	const { ranges, invalidEntries } = parseIpRanges(list);
	expect(invalidEntries).toEqual([]);
	return isInRanges(address, ranges);
}

describe('a list of addresses', () => {
	it.each([
		['203.0.113.7', '203.0.113.7'],
		['203.0.113.0/24', '203.0.113.255'],
		['203.0.113.0/31', '203.0.113.1'],
		['203.0.113.130/25', '203.0.113.128'],
		['0.0.0.0/0', '8.8.8.8'],
		['198.51.100.1, 203.0.113.7', '203.0.113.7'],
		['198.51.100.1;203.0.113.7', '203.0.113.7'],
		['198.51.100.1\n 203.0.113.7 ', '203.0.113.7'],
		['203.0.113.7', '::ffff:203.0.113.7'],
		['203.0.113.7', '::FFFF:203.0.113.7'],
		['::ffff:203.0.113.7', '203.0.113.7'],
		['2001:db8::1', '2001:db8:0:0:0:0:0:1'],
		['2001:DB8::1', '2001:db8::0001'],
		['2001:db8::/32', '2001:db8:ffff::1'],
		['::1', '0:0:0:0:0:0:0:1'],
		['::/0', '2001:db8::1'],
		['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
	])('%s contains %s', (list, address) => {
		expect(allows(list, address)).toBe(true);
	});

	it.each([
		['203.0.113.7', '203.0.113.8'],
		['203.0.113.0/24', '203.0.112.255'],
		['203.0.113.0/31', '203.0.113.2'],
		['203.0.113.0/24', '2001:db8::1'],
		['0.0.0.0/0', '2001:db8::1'],
		['::/0', '203.0.113.7'],
		['2001:db8::/33', '2001:db8:8000::1'],
		['2001:db8::1', '2001:db8::2'],
		['203.0.113.7', ''],
		['203.0.113.7', '203.0.113.7, 198.51.100.1'],
		['203.0.113.7', '203.0.113.07'],
		['203.0.113.7', '203.0.113.7:443'],
		['203.0.113.7', '203.0.113.7/32'],
		['203.0.113.7', 'localhost'],
		['203.0.113.7', '3405803783'],
		['::1', '1'],
		['::1', '[::1]'],
	])('%s does not contain %s', (list, address) => {
		expect(allows(list, address)).toBe(false);
	});

	it.each([
		'localhost',
		'example.com',
		'203.0.113',
		'203.0.113.7.1',
		'203.0.113.256',
		'203.0.113.07',
		'203.0.113.-1',
		'203.0.113.0/33',
		'203.0.113.0/-1',
		'203.0.113.0/',
		'203.0.113.0/24/24',
		'203.0.113.0/2.5',
		'203.0.113.*',
		'/24',
		'2001:db8::/129',
		'2001:db8:::1',
		'1::2::3',
		'1:2:3:4:5:6:7',
		'1:2:3:4:5:6:7:8:9',
		'1:2:3:4:5:6:7:8::',
		'2001:db8::g',
		'2001:db8::12345',
		'fe80::1%eth0',
		':',
		':::',
		'0x7f.0.0.1',
	])('has no entry %p', (entry) => {
		expect(parseIpRanges(`198.51.100.1, ${entry}`)).toEqual({
			ranges: [{ bytes: [198, 51, 100, 1], bits: 32 }],
			invalidEntries: [entry],
		});
	});

	it('that is empty has no ranges, and contains no address', () => {
		expect(parseIpRanges(' , ;\n')).toEqual({ ranges: [], invalidEntries: [] });
		expect(isInRanges('203.0.113.7', [])).toBe(false);
	});

	it('compares the leading bits', () => {
		const octets = fc.array(fc.nat(255), { minLength: 4, maxLength: 4 });
		const bitsOf = (bytes: number[]) =>
			bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
		fc.assert(
			fc.property(octets, octets, fc.nat(32), fc.boolean(), (ours, random, bits, isNear) => {
				const theirs = isNear ? [...ours.slice(0, 3), random[3] ?? 0] : random;
				const same = bitsOf(ours).slice(0, bits) === bitsOf(theirs).slice(0, bits);
				expect(allows(`${ours.join('.')}/${bits}`, theirs.join('.'))).toBe(same);
			}),
		);
	});

	it('contains no text that is not an address', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				fc.pre(!/^[0-9a-f.:]+$/i.test(text.replace(/[\s,;/]/g, '')));
				expect(isInRanges(text, parseIpRanges('0.0.0.0/0, ::/0').ranges)).toBe(false);
			}),
		);
	});
});
