import { isDeepStrictEqual } from 'node:util';
import { inWords } from '../test/counts.mts';

/** Named checks. Each is printed when it is made, and counted. */
export class Checklist {
	passed = 0;

	failed = 0;

	constructor(private readonly print: (line: string) => void) {}

	/** `actual` must equal `expected`, deeply. */
	equal(name: string, actual: unknown, expected: unknown): void {
		const isEqual = isDeepStrictEqual(actual, expected);
		this.record(
			name,
			isEqual,
			`wanted ${JSON.stringify(expected)}, found ${JSON.stringify(actual)}`,
		);
	}

	/** The condition must be true; `details` says what was found. */
	isTrue(name: string, condition: boolean, details: string): void {
		this.record(name, condition, details);
	}

	/** An error that prevented the other checks. */
	fail(name: string, error: unknown): void {
		this.record(name, false, error instanceof Error ? error.message : String(error));
	}

	/** The last line of every check. */
	summary(): string {
		return inWords(this);
	}

	private record(name: string, condition: boolean, details: string): void {
		if (condition) this.passed += 1;
		else this.failed += 1;
		this.print(condition ? `  ok      ${name}` : `  FAILED  ${name}: ${details}`);
	}
}
