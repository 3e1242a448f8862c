import { expect, it } from '@jest/globals';

import { parseUrl } from '../../../nodes/Imburse/api/parseUrl.ts';

it('gives the parts of a URL', () => {
	expect(parseUrl('https://h.example:8443/v1?a=b')).toMatchObject({
		host: 'h.example:8443',
		pathname: '/v1',
		search: '?a=b',
	});
});

it.each(['', 'h.example/v1', '/v1/tenant', '//h.example', 'https://', 'https://a b/'])(
	'gives nothing for %j',
	(text) => {
		expect(parseUrl(text)).toBeUndefined();
	},
);
