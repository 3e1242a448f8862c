import { rm } from 'node:fs/promises';
import { cacheFolder, thisMachine } from './n8n/cache.mts';
import { folderSize, localFolder } from './support/folders.mts';
import { size } from './support/format.mts';

const cache = cacheFolder(thisMachine());
const bytes = await folderSize(cache);
await rm(cache, { recursive: true, force: true, maxRetries: 3 });
console.log(`Removed ${cache} (${size(bytes)}).`);
console.log(
	`The data of this folder's own n8n stay in ${localFolder}; delete that folder to start afresh.`,
);
