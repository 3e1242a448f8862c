/**
 * The exchanges of one connection that are under way. Each ends when its time is over or when the run
 * is stopped. One timer and one listener serve all of them: a pair for each call would cost about as
 * much as a small answer.
 */
export class OpenExchanges {
	private readonly open = new Set<OpenExchange>();
	private timer: { signal: AbortSignal; firesAt: number } | undefined;

	/** @param stopSignal of the run, which outlives its exchanges: nothing is left on it after them */
	constructor(private readonly stopSignal?: AbortSignal) {}

	/** @param timeout milliseconds until the exchange is ended */
	begin(timeout: number): OpenExchange {
		const exchange = new OpenExchange(performance.now() + timeout);
		if (this.open.size === 0) this.stopSignal?.addEventListener('abort', this.stop);
		this.open.add(exchange);
		if (this.stopSignal?.aborted) exchange.abort();
		this.wakeAt(exchange.endsAt);
		return exchange;
	}

	/** To be called for each exchange that was begun, whatever came of it. */
	end(exchange: OpenExchange): void {
		this.open.delete(exchange);
		if (this.open.size > 0) return;
		this.stopSignal?.removeEventListener('abort', this.stop);
		this.disarm();
	}

	private readonly stop = (): void => {
		for (const exchange of this.open) exchange.abort();
	};

	private wakeAt(moment: number): void {
		if (this.timer && this.timer.firesAt <= moment) return;
		this.disarm();
		const signal = AbortSignal.timeout(Math.max(0, Math.ceil(moment - performance.now())));
		signal.addEventListener('abort', this.endOverdue);
		this.timer = { signal, firesAt: moment };
	}

	private disarm(): void {
		this.timer?.signal.removeEventListener('abort', this.endOverdue);
		this.timer = undefined;
	}

	private readonly endOverdue = (): void => {
		this.disarm();
		const now = performance.now();
		let next = Infinity;
		for (const exchange of this.open) {
			if (exchange.endsAt <= now) exchange.abortOverdue();
			else next = Math.min(next, exchange.endsAt);
		}
		if (next < Infinity) this.wakeAt(next);
	};
}

/** One exchange, and whether it was ended because its time was over. */
export class OpenExchange {
	isOverdue = false;
	private readonly controller = new AbortController();

	/** @param endsAt as `performance.now()` has it */
	constructor(readonly endsAt: number) {}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	abort(): void {
		this.controller.abort();
	}

	abortOverdue(): void {
		this.isOverdue = true;
		this.abort();
	}
}
