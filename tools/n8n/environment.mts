import { dirname, delimiter } from 'node:path';
import type { InstalledN8n } from './install.mts';

/** What a program needs of the machine. Nothing else of the user's shell reaches n8n. */
const FROM_THE_MACHINE = [
	'HOME',
	'LANG',
	'SYSTEMROOT',
	'TEMP',
	'TMP',
	'TMPDIR',
	'TZ',
	'USERPROFILE',
];

export interface Place {
	/** n8n keeps everything in `.n8n` below this folder. */
	userFolder: string;
	/** Port of the editor, the REST API and the webhooks. */
	port: number;
	/** Port on which n8n hands Code nodes to its task runner. */
	brokerPort: number;
}

/** n8n on loopback, with SQLite, which asks nobody for anything: no telemetry, news, templates or licence. */
export function environment(installed: InstalledN8n, place: Place): Record<string, string> {
	const env: Record<string, string> = {
		PATH: `${dirname(installed.node)}${delimiter}${process.env.PATH ?? ''}`,
		N8N_USER_FOLDER: place.userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(place.port),
		N8N_RUNNERS_BROKER_PORT: String(place.brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		...installed.release.env,
	};
	for (const name of FROM_THE_MACHINE) {
		const value = process.env[name];
		if (value !== undefined) env[name] = value;
	}
	return env;
}
