import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that this tool belongs to. */
export const projectFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * What the tools keep in this checkout: the packed package, its own n8n data, logs. It lies here and
 * not in the user's cache folder, so that it goes when the checkout goes, and two checkouts never
 * share an account or a workflow. git, npm and the linters leave it alone.
 */
export const localFolder = join(projectFolder, '.local');

/** What only saves time, and may be deleted at any moment. */
export const cacheFolder = join(projectFolder, 'node_modules', '.cache', 'n8n-nodes-imburse');
