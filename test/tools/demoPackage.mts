import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const manifest = {
	name: 'n8n-nodes-demo',
	version: '0.1.0',
	description: 'A package that is as small as n8n allows',
	keywords: ['n8n-community-node-package'],
	license: 'MIT',
	homepage: 'https://example.com/demo',
	author: { name: 'Demo', email: 'demo@example.com' },
	repository: { type: 'git', url: 'https://example.com/demo.git' },
	files: ['dist'],
	n8n: {
		n8nNodesApiVersion: 1,
		strict: true,
		credentials: ['dist/credentials/DemoApi.credentials.js'],
		nodes: ['dist/nodes/Demo/Demo.node.js'],
	},
	peerDependencies: { 'n8n-workflow': '*' },
};

const credential = `import type { ICredentialTestRequest, ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

export class DemoApi implements ICredentialType {
	name = 'demoApi';

	displayName = 'Demo API';

	icon: Icon = { light: 'file:../icons/demo.svg', dark: 'file:../icons/demo.dark.svg' };

	documentationUrl = 'https://example.com/demo';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
	];

	test: ICredentialTestRequest = { request: { url: 'https://example.com/demo' } };
}
`;

const node = `import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

export class Demo implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Demo',
		name: 'demo',
		icon: { light: 'file:../../icons/demo.svg', dark: 'file:../../icons/demo.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: 'Demo',
		description: 'Hands on what it gets',
		defaults: { name: 'Demo' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'demoApi', required: true }],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}
`;

const icon = (colour: string): string =>
	`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="${colour}"/></svg>\n`;

/** Changes to the demo package; each text replaces the file of that name. */
export type Plant = (files: Record<string, string>) => void;

/** Writes a package that n8n's scanner has nothing against, with what is planted in it, and builds it. */
export async function writeDemoPackage(folder: string, plant: Plant = () => {}): Promise<void> {
	const files: Record<string, string> = {
		'package.json': JSON.stringify(manifest, null, 2),
		'README.md': '# Demo\n',
		'LICENSE.md': 'MIT\n',
		'credentials/DemoApi.credentials.ts': credential,
		'nodes/Demo/Demo.node.ts': node,
		'icons/demo.svg': icon('#06c'),
		'icons/demo.dark.svg': icon('#9cf'),
	};
	plant(files);
	for (const [path, content] of Object.entries(files)) await write(join(folder, path), content);
	await build(folder);
}

/** What the build does in the real package, but for the bundling. */
async function build(folder: string): Promise<void> {
	for (const top of ['credentials', 'nodes']) {
		for (const path of await readdir(join(folder, top), { recursive: true })) {
			if (!path.endsWith('.ts')) continue;
			const source = await readFile(join(folder, top, path), 'utf8');
			const { outputText } = transpileModule(source, {
				compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
			});
			await write(join(folder, 'dist', top, path.replace(/\.ts$/, '.js')), outputText);
		}
	}
	await cp(join(folder, 'icons'), join(folder, 'dist', 'icons'), { recursive: true });
}

async function write(file: string, content: string): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, content);
}
