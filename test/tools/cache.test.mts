import { describe, expect, it } from '@jest/globals';
import { cacheFolder } from '../../tools/n8n/cache.mts';

describe('the cache folder', () => {
	it.each([
		['linux', '/home/ada', {}, '/home/ada/.cache/n8n-nodes-imburse'],
		['linux', '/home/ada', { XDG_CACHE_HOME: '/big/cache' }, '/big/cache/n8n-nodes-imburse'],
		['linux', '/home/ada', { XDG_CACHE_HOME: '' }, '/home/ada/.cache/n8n-nodes-imburse'],
		['linux', '/home/ada', { XDG_CACHE_HOME: 'here' }, '/home/ada/.cache/n8n-nodes-imburse'],
		['darwin', '/Users/ada', {}, '/Users/ada/Library/Caches/n8n-nodes-imburse'],
		[
			'win32',
			'C:\\Users\\ada',
			{ LOCALAPPDATA: 'D:\\Local' },
			'D:\\Local\\n8n-nodes-imburse\\Cache',
		],
		['win32', 'C:\\Users\\ada', {}, 'C:\\Users\\ada\\AppData\\Local\\n8n-nodes-imburse\\Cache'],
	] as const)('on %s with home %s and %j is %s', (platform, home, env, folder) => {
		expect(cacheFolder({ platform, home, env })).toBe(folder);
	});
});
