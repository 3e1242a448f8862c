import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from './faults/faultSchema.mts';

/** One request that reached the sandbox, whatever its outcome. */
export interface ReceivedRequest {
	/** Name of the route, null when no endpoint matched. */
	name: string | null;
	method: string;
	/** As it was sent, with the query. */
	path: string;
	headers: IncomingHttpHeaders;
	/** The body as text, '' when there was none. */
	body: string;
	/** Null until the request is answered; it stays null when it never is. */
	status: number | null;
	/**
	 * The status of Imburse's own response, before a fault replaces the response: 201 and 202 mean that
	 * the resource was created. Null when a fault kept the request from being carried out.
	 */
	ownStatus: number | null;
	/** The faults that the request triggered. */
	faults: readonly Fault[];
	/** Why the sandbox refused the request; null when it did not. */
	reason: string | null;
	/** Imburse's ID of the request. */
	correlationId: string;
	/** Epoch milliseconds of this machine's clock. */
	receivedAt: number;
}

/** All requests in the order of their arrival, those to the admin endpoints excepted. */
export class RequestLog {
	private entries: ReceivedRequest[] = [];

	get requests(): readonly ReceivedRequest[] {
		return this.entries;
	}

	/** Token calls received, refused ones included. */
	get tokenCalls(): number {
		return this.entries.filter((entry) => entry.name === 'issueToken').length;
	}

	add(entry: ReceivedRequest): void {
		this.entries.push(entry);
	}

	clear(): void {
		this.entries = [];
	}
}
