import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ServerClock } from '../../../nodes/Imburse/api/serverClock.ts';

const NOW = Date.UTC(2026, 10, 23, 7, 0, 0);

/** The header, which names whole seconds. */
const dateAt = (time: number) => new Date(time).toUTCString();

describe("the server's clock", () => {
	it("is this machine's where no response tells the time", () => {
		expect(new ServerClock().read(undefined, NOW)).toBe(NOW);
		expect(new ServerClock().read('soon', NOW)).toBe(NOW);
	});

	it('has reached the second that it names, whatever this machine thinks', () => {
		expect(new ServerClock().read(dateAt(NOW), NOW + 3_600_000)).toBe(NOW);
		expect(new ServerClock().read(dateAt(NOW), NOW - 3_600_000)).toBe(NOW);
	});

	it('is known ever better, since one of many responses comes early in a second', () => {
		const clock = new ServerClock();
		const ahead = 3_600_000;
		for (let now = NOW; now < NOW + 2_000; now += 30) clock.read(dateAt(now + ahead), now);
		const now = NOW + 5_700;
		expect(clock.read(dateAt(now + ahead), now)).toBeGreaterThan(now + ahead - 140);
		expect(clock.read(undefined, now)).toBeGreaterThan(now + ahead - 40);
	});

	it.each([-3_600_000, -5_000, 5_000, 3_600_000])('follows when it is set by %d ms', (by) => {
		const clock = new ServerClock();
		for (let now = NOW; now < NOW + 2_000; now += 30) clock.read(dateAt(now), now);
		for (let now = NOW + 3_000; now < NOW + 70_000; now += 30) {
			const read = clock.read(dateAt(now + by), now);
			expect(read).toBeLessThanOrEqual(now + by);
			expect(read).toBeGreaterThan(now + by - 1_000);
		}
		const later = NOW + 70_700;
		expect(clock.read(dateAt(later + by), later)).toBeGreaterThan(later + by - 140);
	});

	it.each([300, 1_000, 1_900, 10_000])(
		'makes nothing of dates of two machines that are %d ms apart',
		(apart) => {
			const clock = new ServerClock();
			for (let now = NOW; now < NOW + 200_000; now += 70) {
				clock.read(dateAt(now + apart), now);
				const read = clock.read(dateAt(now + 20), now + 20);
				if (now > NOW + 2_000) expect(read).toBeLessThanOrEqual(now + 20);
			}
		},
	);

	it('never runs ahead of the server, however long responses are under way', () => {
		const response = fc.record({ after: fc.nat(3_000), wayBack: fc.nat(10_000) });
		fc.assert(
			fc.property(
				fc.integer({ min: -1e7, max: 1e7 }),
				fc.array(response, { maxLength: 50 }),
				(offset, responses) => {
					const clock = new ServerClock();
					let now = NOW;
					for (const { after, wayBack } of responses) {
						now += after + wayBack;
						expect(clock.read(dateAt(now - wayBack + offset), now)).toBeLessThanOrEqual(
							now + offset,
						);
					}
				},
			),
		);
	});
});
