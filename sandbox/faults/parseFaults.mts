import { readFileSync } from 'node:fs';
import { z } from 'zod/v4';
import { routes } from '../routes/index.mts';
import { faultSchema, type Fault } from './faultSchema.mts';

const faultList = z.array(faultSchema);
const faultRequest = z.strictObject({ faults: z.unknown(), seed: z.int().optional() });
const routeNames = [...new Set(routes.map((route) => route.name))];

/**
 * Faults from a test, a JSON file or the admin endpoint. Throws an Error that names the mistake and
 * its place, since a fault that no request can trigger would let a test pass for no reason.
 */
export function parseFaults(value: unknown): Fault[] {
	const faults = parseWith(faultList, value);
	for (const fault of faults) checkTargets(fault);
	return faults;
}

/** The body of the admin endpoint. Throws as `readFaults` does. */
export function parseFaultRequest(value: unknown): { faults: Fault[]; seed?: number } {
	const { faults, seed } = parseWith(faultRequest, value);
	return { faults: parseFaults(faults), seed };
}

function parseWith<Output>(schema: z.ZodType<Output>, value: unknown): Output {
	const { data, error } = schema.safeParse(value);
	if (error) throw new Error(`The faults cannot be read.\n${z.prettifyError(error)}`);
	return data;
}

/** A file with a JSON array of faults. Throws an Error that names the file. */
export function readFaultFile(path: string): Fault[] {
	try {
		return parseFaults(JSON.parse(readFileSync(path, 'utf8')));
	} catch (error) {
		throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
	}
}

function checkTargets(fault: Fault): void {
	const unknown = targetedRoutes(fault).find((name) => !routeNames.includes(name));
	if (unknown !== undefined) {
		throw new Error(`There is no route called ${unknown}. There are: ${routeNames.join(', ')}.`);
	}
	const { calls } = fault;
	if (calls && 'from' in calls && calls.to !== undefined && calls.to < calls.from) {
		throw new Error(`The calls ${calls.from} to ${calls.to} are none at all.`);
	}
}

function targetedRoutes(fault: Fault): string[] {
	if (!('route' in fault) || fault.route === undefined) return [];
	return [fault.route].flat();
}
