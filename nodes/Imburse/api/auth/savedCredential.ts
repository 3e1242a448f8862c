/** By the data that a run works with: how they are brought up to date. */
const takeOvers = new WeakMap<object, () => Promise<void>>();

/** For `takeOverSaved`: the credential type is handed a run's data, and cannot read them again. */
export function noteTakeOver(credentials: object, takeOver: () => Promise<void>): void {
	takeOvers.set(credentials, takeOver);
}

/** Takes over what the user has saved since a run read these data; nothing for those of no run. */
export async function takeOverSaved(credentials: object): Promise<void> {
	await takeOvers.get(credentials)?.();
}
