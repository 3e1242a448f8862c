import { expect, it } from '@jest/globals';

import {
	RUN_REFERENCES,
	SENSITIVE_DATA,
	withoutSensitiveData,
	withRunReferences,
} from '../../../../nodes/Imburse/resources/shared/metadataOptions.ts';
import { valid } from '../../../../nodes/Imburse/validation/result.ts';
import { reasonsOf, errorsOf } from '../../validation/outcome.mts';
import { SETTING } from '../samples.mts';

it('sends the user to the option for sensitive data under the name that it has in the form', () => {
	const metadata = valid({ note: '4111 1111 1111 1111' });
	expect(errorsOf(withoutSensitiveData(metadata, 'Metadata', {}))[0]?.fix).toContain(
		`set ${SENSITIVE_DATA.displayName} to Hint in the node's options.`,
	);
});

it('names the option that adds the run as the form does, where a key of the same name is there', () => {
	const parameters = { options: { addRunReferences: true } };
	const metadata = valid({ n8nExecutionId: 'mine' });
	expect(reasonsOf(withRunReferences(metadata, parameters, SETTING))).toEqual([
		`Metadata > n8nExecutionId: the option ${RUN_REFERENCES.displayName} adds a key of the same name`,
	]);
});
