import { isDeepStrictEqual } from 'node:util';

/** Checks with a name, each printed as it is made, and counted. */
export class Checklist {
	passed = 0;

	failed = 0;

	constructor(private readonly print: (line: string) => void) {}

	/** `found` must equal `wanted`, deeply. */
	equal(name: string, found: unknown, wanted: unknown): void {
		const right = isDeepStrictEqual(found, wanted);
		this.record(name, right, `wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`);
	}

	/** `right` must be true; `otherwise` says what was found. */
	holds(name: string, right: boolean, otherwise: string): void {
		this.record(name, right, otherwise);
	}

	/** Something that kept the other checks from being made. */
	broke(name: string, error: unknown): void {
		this.record(name, false, error instanceof Error ? error.message : String(error));
	}

	/** The last line of every check. */
	sum(): string {
		return `${this.passed} passed, ${this.failed} failed`;
	}

	private record(name: string, right: boolean, otherwise: string): void {
		if (right) this.passed += 1;
		else this.failed += 1;
		this.print(right ? `  ok      ${name}` : `  FAILED  ${name}: ${otherwise}`);
	}
}
