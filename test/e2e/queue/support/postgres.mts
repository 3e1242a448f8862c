import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cleanup } from '../../../../tools/support/cleanup.mts';
import { runOrFail } from '../../../../tools/support/command.mts';
import { freePort } from '../../../../tools/support/ports.mts';
import { waitUntil } from '../../harness/index.mts';
import { asOrdinaryUser, dataFolder, startServer } from './server.mts';

const START_LIMIT_MS = 30_000;
const USER = 'n8n';
const DATABASE = 'postgres';

/** A PostgreSQL of its own, on loopback, with a database for n8n. */
export interface Postgres {
	/** What n8n has to be told. */
	readonly env: Record<string, string>;
	/** The rows of a query, each as the text of its columns separated by `|`. */
	query(sql: string): Promise<string[]>;
	/** The whole database as text. */
	dump(): Promise<string>;
}

/** Debian keeps the server's programs apart from the clients', by version. */
async function serverProgram(name: string): Promise<string> {
	const home = '/usr/lib/postgresql';
	const versions = (await readdir(home).catch(() => [])).sort((a, b) => Number(b) - Number(a));
	const program = versions
		.map((version) => join(home, version, 'bin', name))
		.find((path) => existsSync(path));
	return program ?? name;
}

export async function startPostgres(logFile: string, cleanup: Cleanup): Promise<Postgres> {
	const folder = await dataFolder('postgres', cleanup);
	const port = await freePort();
	const initdb = ['-D', folder, '-U', USER, '--auth=trust', '--encoding=UTF8', '--no-sync'];
	await runOrFail(...asOrdinaryUser(await serverProgram('initdb'), initdb), { cwd: folder });

	const settings = [
		`port=${port}`,
		'listen_addresses=127.0.0.1',
		`unix_socket_directories=${folder}`,
		'max_connections=200',
		'fsync=off',
	];
	const server = await startServer(
		await serverProgram('postgres'),
		['-D', folder, ...settings.flatMap((setting) => ['-c', setting])],
		{ cwd: folder, logFile },
	);
	cleanup.add(() => server.stop());

	const client = ['-h', '127.0.0.1', '-p', String(port), '-U', USER];
	const run = (program: string, args: string[]): Promise<string> =>
		runOrFail(program, [...client, ...args], { cwd: folder });
	const query = async (sql: string): Promise<string[]> =>
		(await run('psql', ['-d', DATABASE, '-At', '-c', sql])).split('\n').filter(Boolean);
	const answers = () => query('select 1').catch(() => undefined);
	await waitUntil('PostgreSQL answers', answers, START_LIMIT_MS);

	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_USER: USER,
			DB_POSTGRESDB_DATABASE: DATABASE,
		},
		query,
		dump: () => run('pg_dump', [DATABASE]),
	};
}
