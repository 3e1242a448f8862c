import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TopLevelSpec } from 'vega-lite';
import { projectFolder } from '../support/folders.mts';

/** One measured point of a line. */
export interface Point {
	line: string;
	x: number;
	y: number;
}

/** A drawing of several lines; both axes are logarithmic, so that twice as much is as far everywhere. */
export interface Plot {
	/** Of the file, without its ending. */
	name: string;
	title: string;
	x: string;
	y: string;
	points: Point[];
}

/** Writes a plot as SVG below `docs/plots`. @returns where it stands */
export async function writePlot({ name, title, x, y, points }: Plot): Promise<string> {
	const scale = { type: 'log', nice: false } as const;
	const marks = [...new Set(points.map((point) => point.x))];
	const spec: TopLevelSpec = {
		width: 560,
		height: 320,
		background: 'white',
		title,
		data: { values: points },
		mark: { type: 'line', point: true },
		encoding: {
			x: { field: 'x', type: 'quantitative', scale, axis: { title: x, values: marks } },
			y: { field: 'y', type: 'quantitative', scale, axis: { title: y } },
			color: { field: 'line', type: 'nominal', sort: null, title: null, legend: { labelLimit: 0 } },
		},
	};
	// These are ES modules with a top-level await, which the benchmark as CommonJS cannot load at once.
	const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
	const svg = await new View(parse(compile(spec).spec), { renderer: 'none' }).toSVG();
	const folder = join(projectFolder, 'docs', 'plots');
	mkdirSync(folder, { recursive: true });
	const file = join(folder, `${name}.svg`);
	writeFileSync(file, `${svg}\n`);
	return file;
}
