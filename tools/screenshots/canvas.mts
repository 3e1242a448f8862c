import type { Locator, Page } from 'playwright-core';
import type { Picture } from './picture.mts';
import type { Workflow, WorkflowNode } from '../n8n/workflow.mts';

/** What n8n's editor has beside, above and below the canvas of a run. */
const AROUND = { width: 400, height: 180 };
/** n8n leaves a margin around a workflow: this is the canvas beside what stands on it. */
const MARGINS = 1.25;
/** Around the workflow in a picture: the names of nodes are wider than the nodes, and below them. */
const MARGIN = 48;
const MARGIN_BELOW = 72;
/** A node with its name below it. */
const NODE = { width: 200, height: 160 };
/** What lies on the canvas and is no part of the workflow; the stripes double the size of a picture. */
const ON_TOP = [
	'[data-test-id=canvas-controls]',
	'[data-test-id=canvas-minimap]',
	'[data-test-id=canvas-background-striped-pattern]',
	'[data-test-id=canvas-background]',
	'[data-test-id^=execution-preview-details]',
	'[role=radiogroup]',
];
/** So that a person can still read what is written on the notes. */
const WIDEST = 1300;

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Makes the screen so large that n8n shows the whole workflow, at its own size where that is not too wide. */
export async function fitScreen(page: Page, { nodes }: Workflow): Promise<void> {
	const left = Math.min(...nodes.map(({ position = [0, 0] }) => position[0]));
	const top = Math.min(...nodes.map(({ position = [0, 0] }) => position[1]));
	const width = Math.max(...nodes.map((node) => endOf(node).right)) - left;
	const height = Math.max(...nodes.map((node) => endOf(node).bottom)) - top;
	const zoom = Math.min(1, WIDEST / width);
	await page.setViewportSize({
		width: Math.ceil(width * zoom * MARGINS) + AROUND.width,
		height: Math.ceil(height * zoom * MARGINS) + AROUND.height,
	});
}

function endOf({ position = [0, 0], parameters }: WorkflowNode) {
	const { width = NODE.width, height = NODE.height } = parameters;
	return { right: position[0] + Number(width), bottom: position[1] + Number(height) };
}

/** The workflow of a run that is open, once n8n shows all nodes and what has succeeded. */
export async function canvasOf(page: Page, { nodes }: Workflow): Promise<Picture> {
	const canvas = page.getByTestId('canvas-wrapper');
	for (const { name } of nodes.filter(({ type }) => !type.endsWith('.stickyNote'))) {
		await canvas.getByText(name, { exact: true }).first().waitFor();
	}
	await canvas.getByTestId('canvas-node-status-success').first().waitFor();
	await page.addStyleTag({ content: `${ON_TOP.join(', ')} { visibility: hidden !important }` });
	const clip = await boxAround(canvas.locator('.vue-flow__node'));
	return { screenshot: (options) => page.screenshot({ ...options, clip }) };
}

async function boxAround(parts: Locator): Promise<Box> {
	const boxes = await Promise.all((await parts.all()).map((part) => part.boundingBox()));
	const all = boxes.filter((box) => box !== null);
	const x = Math.min(...all.map((box) => box.x)) - MARGIN;
	const y = Math.min(...all.map((box) => box.y)) - MARGIN;
	const right = Math.max(...all.map((box) => box.x + box.width)) + MARGIN;
	const bottom = Math.max(...all.map((box) => box.y + box.height)) + MARGIN_BELOW;
	return { x, y, width: right - x, height: bottom - y };
}
