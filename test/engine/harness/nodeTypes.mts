import { NodeConnectionTypes, NodeHelpers } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IVersionedNodeType,
} from 'n8n-workflow';

type AnyNodeType = INodeType | IVersionedNodeType;

/** What the harness saw of one node during a run. */
export interface Observation {
	/** How often n8n called the node's `execute`. */
	executions: number;
	/** What `execute` threw, the instances themselves, in order. */
	thrown: Error[];
}

const TOOL = 'Tool';

/**
 * The node types of one run, by their full name (`n8n-nodes-imburse.imburse`). A name that ends in
 * `Tool` gives the node as the tool that n8n would make of it. Every `execute` is observed.
 */
export class ObservedNodeTypes implements INodeTypes {
	private readonly observations = new Map<string, Observation>();
	private readonly prepared = new Map<string, INodeType>();

	constructor(private readonly types: Record<string, AnyNodeType>) {}

	getByName(name: string): AnyNodeType {
		return this.getByNameAndVersion(name);
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		const key = `${name} ${version ?? ''}`;
		let type = this.prepared.get(key);
		if (!type) {
			type = this.observe(this.find(name, version));
			this.prepared.set(key, type);
		}
		return type;
	}

	getKnownTypes() {
		return {};
	}

	/** What was seen of the node with this name. */
	observationOf(nodeName: string): Observation {
		let observation = this.observations.get(nodeName);
		if (!observation) {
			observation = { executions: 0, thrown: [] };
			this.observations.set(nodeName, observation);
		}
		return observation;
	}

	/** What any node threw. */
	get thrown(): Error[] {
		return [...this.observations.values()].flatMap(({ thrown }) => thrown);
	}

	private find(name: string, version?: number): INodeType {
		const type = this.types[name];
		if (type) return NodeHelpers.getVersionedNodeType(type, version);
		if (name.endsWith(TOOL)) return asTool(this.find(name.slice(0, -TOOL.length), version));
		throw new Error(`The engine was given no node type "${name}"`);
	}

	private observe(type: INodeType): INodeType {
		if (!type.execute) return type;
		const observationOf = (name: string) => this.observationOf(name);
		return derive(type, {
			async execute(this: IExecuteFunctions, ...rest) {
				const observation = observationOf(this.getNode().name);
				observation.executions++;
				try {
					return await type.execute!.apply(this, rest);
				} catch (error) {
					observation.thrown.push(error as Error);
					throw error;
				}
			},
		});
	}
}

/** The node type as n8n offers it to an AI agent. */
function asTool(type: INodeType): INodeType {
	const { description } = type;
	if (!description.usableAsTool) {
		throw new Error(`"${description.displayName}" cannot be used as a tool`);
	}
	return derive(type, {
		description: derive(description, {
			name: `${description.name}${TOOL}`,
			displayName: `${description.displayName} ${TOOL}`,
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
			usableAsTool: undefined,
		} satisfies Partial<INodeTypeDescription>),
	});
}

/** An object that differs from its prototype in the given properties. */
function derive<T extends object>(original: T, differences: Partial<T>): T {
	return Object.assign(Object.create(original) as T, differences);
}
