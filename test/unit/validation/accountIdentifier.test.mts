import { expect, it } from '@jest/globals';
import { mendIdentifierCase } from '../../../nodes/Imburse/validation/accountIdentifier.ts';

const ID = '55555555-abcd-4777-8888-99999999ffff';

it.each([ID, ID.toUpperCase(), '55555555-ABCD-4777-8888-99999999ffff'])('writes %s small', (id) => {
	expect(mendIdentifierCase(id)).toBe(ID);
});

it.each([
	'',
	'ACME',
	ID.toUpperCase().replaceAll('-', ''),
	`${ID.toUpperCase()}A`,
	` ${ID.toUpperCase()}`,
	`{${ID.toUpperCase()}}`,
	ID.toUpperCase().replace('F', 'G'),
])('leaves %j as it is', (id) => {
	expect(mendIdentifierCase(id)).toBe(id);
});
