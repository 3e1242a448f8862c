import type { Connection } from '../../api/connection';
import type { HttpResponse, SendHttp } from '../../api/http';
import { retryAfter } from '../../api/retryAfter';
import { ServerClock } from '../../api/serverClock';
import { digest } from '../../n8n/digest';
import { TriggerCache } from '../triggerCache';
import { AbsentInstructions } from './absentInstructions';
import { lookUp, type LookUp, type LookUpResult } from './lookUp';
import { LookUpBudget } from './lookUpBudget';
import { LookUpLane, type Admission, type LookUpLoad, type LookUpShare } from './lookUpLane';
import { SharedLookUps } from './sharedLookUps';

const TOO_MANY_REQUESTS = 429;
/** How long look-ups pause after a 429 that asks for no time; doubled while it goes on. Milliseconds. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** For how long the sender of a delivery may wait for look-ups. Milliseconds. */
const LONGEST_WAIT_MS = 3 * 60_000;
/** For how long the metadata of an order count as those of this moment. Milliseconds. */
const ORDER_MAX_AGE_MS = 2_000;

/**
 * The look-ups of all triggers that speak to Imburse with the same keys, in this process. Deliveries
 * wait here for their turn: a settlement day sends more events at once than Imburse should be asked
 * about at once. When Imburse limits the rate, all look-ups pause, and payments go first.
 */
export class LookUpQueue {
	readonly absent = new AbsentInstructions();
	private readonly budget = new LookUpBudget(Date.now());
	private readonly lanes = new Map<string, LookUpLane>();
	private readonly shared = new SharedLookUps();
	private readonly serverClock = new ServerClock();
	private pausedUntil = 0;
	private nextPause = FIRST_PAUSE_MS;

	/** Lets a delivery wait for its look-ups, unless too many wait already. */
	admit(share: LookUpShare, load: LookUpLoad): Admission {
		return this.laneOf(share).admit(load);
	}

	/**
	 * Makes a look-up when its turn comes, and again after Imburse has limited the rate. Whoever asks for
	 * the same before it has begun shares it. An instruction that is being read is not shared: the
	 * response may not know of what a later event tells. An order, of which only the metadata are taken,
	 * is shared for two seconds more.
	 */
	async read(share: LookUpShare, connection: Connection, wanted: LookUp): Promise<LookUpResult> {
		const name = `${share.kind} ${share.perMinute} ${wanted.key}`;
		const maxAge = wanted.request.endpoint === 'getOrder' ? ORDER_MAX_AGE_MS : 0;
		return await this.shared.get(
			name,
			maxAge,
			async (onBegin) => await this.readInTurn(share, connection, wanted, onBegin),
		);
	}

	private async readInTurn(
		share: LookUpShare,
		connection: Connection,
		{ label, request }: LookUp,
		onBegin: () => void,
	): Promise<LookUpResult> {
		const lane = this.laneOf(share);
		const giveUpAt = Date.now() + LONGEST_WAIT_MS;
		for (;;) {
			let isLimited = false;
			const send: SendHttp = async (httpRequest) => {
				const response = await connection.send(httpRequest);
				isLimited = this.observe(response);
				return response;
			};
			const result = await lane.run(
				() => this.begin(share),
				async () => {
					onBegin();
					return await lookUp({ ...connection, send }, label, request);
				},
			);
			if (!isLimited || Date.now() >= giveUpAt) return result;
		}
	}

	/** Begins a look-up if it may begin, or returns the milliseconds to wait. */
	private begin({ kind, perMinute }: LookUpShare): number {
		const now = Date.now();
		return this.pauseAt(now) || this.budget.take(kind, perMinute, now);
	}

	/** Triggers with another limit must not wait for each other. */
	private laneOf(share: LookUpShare): LookUpLane {
		const name = `${share.kind} ${share.perMinute}`;
		const lane = this.lanes.get(name) ?? new LookUpLane(share);
		this.lanes.set(name, lane);
		return lane;
	}

	/** Learns from a response. @returns whether Imburse limits the rate */
	private observe({ status, headers }: HttpResponse): boolean {
		const now = Date.now();
		const serverNow = this.serverClock.read(headers.date, now);
		if (status !== TOO_MANY_REQUESTS) {
			if (this.pauseAt(now) === 0) this.nextPause = FIRST_PAUSE_MS;
			return false;
		}
		// Those that were under way together are refused together, and count once.
		if (this.pauseAt(now) > 0) return true;
		const asked = retryAfter(headers['retry-after'], serverNow);
		this.pausedUntil = now + Math.min(asked || this.nextPause, LONGEST_PAUSE_MS);
		this.nextPause = Math.min(2 * this.nextPause, LONGEST_PAUSE_MS);
		return true;
	}

	/** Milliseconds; a clock that was set back ends no pause later than the longest one. */
	private pauseAt(now: number): number {
		return Math.min(Math.max(0, this.pausedUntil - now), LONGEST_PAUSE_MS);
	}
}

const queues = new TriggerCache<LookUpQueue>();

/**
 * The queue of one set of keys, the same for every call in this process. The private key counts in: a
 * credential without it must not share what another one may read.
 */
export function lookUpQueueOf({ baseUrl, credential }: Connection): LookUpQueue {
	const { accountId, tenantId, publicKey, privateKey, apiVersion } = credential;
	const keys = [baseUrl, accountId, tenantId, publicKey, privateKey, apiVersion];
	return queues.getOrAdd(digest(JSON.stringify(keys)), () => new LookUpQueue());
}
