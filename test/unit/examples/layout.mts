import type { WorkflowNode } from '../../../tools/n8n/workflow.mts';

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** A node of n8n's editor with its name below it, on its grid. */
const NODE = { width: 140, height: 150 };
/** What n8n's editor gives a note that does not say it. */
const NOTE = { width: 240, height: 160 };

export const isNote = ({ type }: WorkflowNode): boolean => type === STICKY_NOTE;

/** Pairs of nodes and notes of which one covers the other. */
export function overlaps(nodes: WorkflowNode[]): string[] {
	return nodes.flatMap((one, index) =>
		nodes
			.slice(index + 1)
			.filter((other) => cover(boxOf(one), boxOf(other)))
			.map((other) => `${one.name} and ${other.name}`),
	);
}

interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

function boxOf(node: WorkflowNode): Box {
	const [left, top] = node.position ?? [0, 0];
	const { width, height } = isNote(node) ? { ...NOTE, ...node.parameters } : NODE;
	return { left, top, right: left + Number(width), bottom: top + Number(height) };
}

const cover = (one: Box, other: Box): boolean =>
	one.left < other.right &&
	other.left < one.right &&
	one.top < other.bottom &&
	other.top < one.bottom;
