/**
 * Reads that several callers share. A caller never gets what was read before it asked: it waits for
 * the read under way to end, and shares the one after that with all others who wait.
 */
export class SharedRead<Value> {
	private underWay: Promise<unknown> = Promise.resolve();
	private next: Promise<Value> | undefined;

	async get(read: () => Promise<Value>): Promise<Value> {
		this.next ??= this.readNext(read);
		return await this.next;
	}

	private async readNext(read: () => Promise<Value>): Promise<Value> {
		await this.underWay.catch(() => undefined);
		this.next = undefined;
		const made = read();
		this.underWay = made;
		return await made;
	}
}
