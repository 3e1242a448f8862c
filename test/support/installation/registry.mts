import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import type { Cleanup } from '../../../tools/support/cleanup.mts';
import { runOrFail } from '../../../tools/support/command.mts';

/** What npm reads of a package.json; the rest is handed through. */
interface Manifest {
	name: string;
	version: string;
}

interface Published extends Manifest {
	dist: { tarball: string; integrity: string };
}

/** A package as npm asks for it. */
interface Packument {
	name: string;
	'dist-tags': { latest: string };
	versions: Record<string, Published>;
}

/**
 * An npm registry on loopback that has these packages and nothing else. The last version of a
 * package is its latest.
 *
 *     GET /<name>                       a package's versions, as npm asks for them
 *     GET /-/<name>-<version>.tgz       a tarball
 *
 * @param tarballs the versions of a package in the order in which they came out
 * @returns its address
 */
export async function startRegistry(tarballs: string[], cleanup: Cleanup): Promise<string> {
	const answers = new Map<string, Buffer | Packument>();
	const server = createServer((request, response) =>
		reply(response, answers.get(request.url ?? '')),
	);
	await new Promise<void>((resolve) => {
		server.listen({ host: '127.0.0.1', port: 0 }, resolve);
	});
	cleanup.add(() => {
		server.close();
		server.closeAllConnections();
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	for (const tarball of tarballs) {
		const content = await readFile(tarball);
		const manifest = await manifestOf(tarball);
		const path = `/-/${manifest.name}-${manifest.version}.tgz`;
		const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
		const published = { ...manifest, dist: { tarball: `${url}${path}`, integrity } };
		answers.set(path, content);
		answers.set(`/${manifest.name}`, withVersion(answers.get(`/${manifest.name}`), published));
	}
	return url;
}

function withVersion(before: Buffer | Packument | undefined, latest: Published): Packument {
	const { name, version } = latest;
	const others = before === undefined || Buffer.isBuffer(before) ? {} : before.versions;
	return { name, 'dist-tags': { latest: version }, versions: { ...others, [version]: latest } };
}

async function manifestOf(tarball: string): Promise<Manifest> {
	const args = ['-xzOf', tarball, 'package/package.json'];
	return JSON.parse(await runOrFail('tar', args, { cwd: dirname(tarball) })) as Manifest;
}

function reply(response: ServerResponse, answer: Buffer | Packument | undefined): void {
	if (answer === undefined) response.writeHead(404).end('{ "error": "not found" }');
	else response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
}
