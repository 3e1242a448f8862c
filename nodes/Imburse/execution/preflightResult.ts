import type { ItemText } from './itemLines';
import type { InvalidItem, PreparedItem } from './items';

/** The items of a run after their checks. */
export interface Preflight {
	prepared: PreparedItem[];
	invalid: InvalidItem[];
	/** For the user's eyes. */
	hints: ItemText[];
}
