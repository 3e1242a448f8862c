import { describe, expect, it } from '@jest/globals';
import { isLocalUrl } from '../../../../nodes/Imburse/webhook/register/localUrl.ts';

describe('isLocalUrl', () => {
	it.each([
		'http://localhost:5678/webhook/x',
		'http://LOCALHOST/x',
		'https://n8n.localhost/x',
		'https://n8n/x',
		'https://n8n.local/x',
		'https://n8n.lan/x',
		'https://n8n.home/x',
		'https://n8n.internal/x',
		'https://host.docker.internal:5678/x',
		'https://n8n.test/x',
		'https://n8n.local./x',
		'http://127.0.0.1:5678/x',
		'http://127.1/x',
		'http://2130706433/x',
		'http://0x7f000001/x',
		'http://0.0.0.0/x',
		'http://10.1.2.3/x',
		'http://100.64.0.1/x',
		'http://100.127.255.255/x',
		'http://169.254.1.1/x',
		'http://172.16.0.1/x',
		'http://172.31.255.255/x',
		'http://192.168.1.1/x',
		'http://[::1]:5678/x',
		'http://[::]/x',
		'http://[fe80::1]/x',
		'http://[fc00::1]/x',
		'http://[fd12:3456::1]/x',
		'http://[::ffff:192.168.1.1]/x',
		'http://user:password@localhost/x',
		'',
		'not an address',
		'/webhook/x',
	])('is true of %p', (url) => {
		expect(isLocalUrl(url)).toBe(true);
	});

	it.each([
		'https://n8n.example.com/webhook/x',
		'https://example.com./x',
		'https://localhost.example.com/x',
		'https://local.com/x',
		'https://mylan.io/x',
		'https://10.example.com/x',
		'http://8.8.8.8/x',
		'http://11.0.0.1/x',
		'http://100.63.255.255/x',
		'http://100.128.0.1/x',
		'http://172.15.255.255/x',
		'http://172.32.0.1/x',
		'http://192.169.0.1/x',
		'http://169.253.0.1/x',
		'http://[2001:4860::8888]/x',
		'http://[2a00:1450::1]/x',
	])('is false of %p', (url) => {
		expect(isLocalUrl(url)).toBe(false);
	});
});
