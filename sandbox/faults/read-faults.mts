import { readFileSync } from 'node:fs';
import { z } from 'zod/v4';
import { routes } from '../routes/index.mts';
import { faultSchema, type Fault } from './vocabulary.mts';

const faultList = z.array(faultSchema);
const faultOrder = z.strictObject({ faults: z.unknown(), seed: z.int().optional() });
const routeNames = [...new Set(routes.map((route) => route.name))];

/**
 * Faults from anywhere: a test, a JSON file, the admin endpoint. Throws an Error that says what is
 * wrong where, since a fault that can never strike makes a test pass for no reason.
 */
export function readFaults(value: unknown): Fault[] {
	const faults = parsed(faultList, value);
	for (const fault of faults) checkAim(fault);
	return faults;
}

/** What the admin endpoint receives. Throws as `readFaults` does. */
export function readFaultOrder(value: unknown): { faults: Fault[]; seed?: number } {
	const { faults, seed } = parsed(faultOrder, value);
	return { faults: readFaults(faults), seed };
}

function parsed<Output>(schema: z.ZodType<Output>, value: unknown): Output {
	const { data, error } = schema.safeParse(value);
	if (error) throw new Error(`The faults cannot be read.\n${z.prettifyError(error)}`);
	return data;
}

/** A file with a JSON array of faults. Throws an Error that names the file. */
export function readFaultFile(path: string): Fault[] {
	try {
		return readFaults(JSON.parse(readFileSync(path, 'utf8')));
	} catch (error) {
		throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
	}
}

function checkAim(fault: Fault): void {
	const unknown = aimedRoutes(fault).find((name) => !routeNames.includes(name));
	if (unknown !== undefined) {
		throw new Error(`There is no route called ${unknown}. There are: ${routeNames.join(', ')}.`);
	}
	const { calls } = fault;
	if (calls && 'from' in calls && calls.to !== undefined && calls.to < calls.from) {
		throw new Error(`The calls ${calls.from} to ${calls.to} are none at all.`);
	}
}

function aimedRoutes(fault: Fault): string[] {
	if (!('route' in fault) || fault.route === undefined) return [];
	return [fault.route].flat();
}
