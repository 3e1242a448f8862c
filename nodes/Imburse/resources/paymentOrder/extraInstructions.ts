import { formatValue, joinSome } from '../../validation/format';

/** More than these nobody reads. */
const MAX_NAMED = 10;

/**
 * What an order holds beside the instructions that were requested, in sentences. A later
 * *Instruction > Create* adds to an order, so that more than was requested is no contradiction.
 *
 * @param order as in API reference 5
 * @param requested references of the instructions that were requested
 */
export function extraInstructions(
	order: unknown,
	label: string,
	requested: readonly string[],
): string[] {
	const { instructions } = (order ?? {}) as { instructions?: unknown };
	const entries: unknown[] = Array.isArray(instructions) ? instructions : [];
	const named = entries.map(referenceOf).filter((reference) => reference !== undefined);
	const extra = named.filter((reference) => !requested.includes(reference));
	const requestedAndUnnamed = requested.filter((reference) => !named.includes(reference)).length;
	const unnamed = entries.length - named.length - requestedAndUnnamed;
	return [
		...(extra.length > 0 ? [`${label} also holds ${namesOf(extra)}, ${NOT_REQUESTED}`] : []),
		...(unnamed > 0 ? [`${label} also holds ${countOf(unnamed)}, ${NOT_REQUESTED}`] : []),
	];
}

const NOT_REQUESTED = 'which this item does not ask for. The order was left as it is.';

function namesOf(references: string[]): string {
	const names = joinSome(references, MAX_NAMED, formatValue);
	return `${references.length > 1 ? 'the instructions' : 'instruction'} ${names}`;
}

function countOf(unnamed: number): string {
	return `${unnamed} ${unnamed > 1 ? 'instructions' : 'instruction'} whose reference Imburse does not tell`;
}

/** Newer samples have the reference only at the end of the link to itself (API reference 5). */
function referenceOf(instruction: unknown): string | undefined {
	const { instructionRef, _links } = (instruction ?? {}) as {
		instructionRef?: unknown;
		_links?: { self?: { href?: unknown } };
	};
	if (typeof instructionRef === 'string') return instructionRef;
	return /\/instruction\/([^/?#]+)$/.exec(String(_links?.self?.href))?.[1];
}
