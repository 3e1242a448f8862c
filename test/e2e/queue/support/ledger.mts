import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cleanup } from '../../../../tools/support/cleanup.mts';

/** An event as a workflow has booked it. */
export interface Booking {
	eventKey: string;
	orderRef: string;
	status: string;
	confirmed: boolean;
}

/** The books that a workflow keeps of events: what is booked twice is in it twice. */
export interface Ledger {
	readonly url: string;
	readonly bookings: readonly Booking[];
}

export async function startLedger(cleanup: Cleanup): Promise<Ledger> {
	const bookings: Booking[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (text: string) => (body += text));
		request.on('end', () => {
			bookings.push(JSON.parse(body) as Booking);
			response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
		});
	});
	await new Promise<void>((resolve) => {
		server.listen({ host: '127.0.0.1', port: 0 }, resolve);
	});
	cleanup.add(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bookings };
}
