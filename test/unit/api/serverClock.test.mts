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
		expect(clock.read(dateAt(NOW + 5_700 + ahead), NOW + 5_700)).toBeGreaterThan(
			NOW + 5_670 + ahead,
		);
	});

	it.each([-3_600_000, -5_000, 5_000, 3_600_000])('follows when it is set by %d ms', (by) => {
		const clock = new ServerClock();
		for (let now = NOW; now < NOW + 2_000; now += 30) clock.read(dateAt(now), now);
		clock.read(dateAt(NOW + 3_000 + by), NOW + 3_000);
		expect(clock.read(dateAt(NOW + 3_500 + by), NOW + 3_500)).toBe(NOW + 3_500 + by);
	});

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
