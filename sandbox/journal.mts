import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from './faults/vocabulary.mts';

/** One call that reached the sandbox, whatever became of it. */
export interface ReceivedRequest {
	/** Name of the route, null when no endpoint matched. */
	name: string | null;
	method: string;
	/** As it was sent, with the query. */
	path: string;
	headers: IncomingHttpHeaders;
	/** The body as text, '' when there was none. */
	body: string;
	/** Null until the call was answered, and when it never was. */
	status: number | null;
	/**
	 * What Imburse itself answers, before a fault takes the answer's place: 201 and 202 mean that it
	 * was made. Null when a fault kept the call from being carried out.
	 */
	ownStatus: number | null;
	/** The faults that struck the call. */
	faults: readonly Fault[];
	/** Why the sandbox refused the call, in its own words; null when it did not. */
	reason: string | null;
	/** Imburse's ID of the call. */
	correlationId: string;
	/** Epoch milliseconds of this machine's clock. */
	receivedAt: number;
}

/** All calls in the order of their arrival. The admin endpoints leave no trace. */
export class Journal {
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
