import { dirname, delimiter } from 'node:path';
import type { InstalledN8n } from './install.mts';

/** The variables that n8n gets from the user's shell; it gets no others. */
const INHERITED_VARIABLES = [
	'HOME',
	'LANG',
	'SYSTEMROOT',
	'TEMP',
	'TMP',
	'TMPDIR',
	'TZ',
	'USERPROFILE',
];

export interface InstanceSettings {
	/** n8n keeps everything in `.n8n` below this folder. */
	userFolder: string;
	/** Port of the editor, the REST API and the webhooks. */
	port: number;
	/** Port on which n8n hands Code nodes to its task runner. */
	brokerPort: number;
}

/** n8n on loopback with SQLite, without any request to other hosts: no telemetry, news, templates or licence. */
export function environment(
	installed: InstalledN8n,
	settings: InstanceSettings,
): Record<string, string> {
	const env: Record<string, string> = {
		PATH: `${dirname(installed.node)}${delimiter}${process.env.PATH ?? ''}`,
		N8N_USER_FOLDER: settings.userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(settings.port),
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
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
	for (const name of INHERITED_VARIABLES) {
		const value = process.env[name];
		if (value !== undefined) env[name] = value;
	}
	return env;
}
