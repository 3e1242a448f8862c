import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { fileName, shots } from '../../tools/screenshots/shots.mts';

const docs = join(__dirname, '../../docs');
const pages = [
	join(docs, '../README.md'),
	...readdirSync(docs)
		.filter((file) => file.endsWith('.md'))
		.map((file) => join(docs, file)),
].map((file) => readFileSync(file, 'utf8'));

it('the pictures of the docs are those that "npm run screenshots" writes', () => {
	const written = shots.flatMap((shot) => [fileName(shot, 'dark'), fileName(shot, 'light')]);
	expect(readdirSync(join(docs, 'images')).sort()).toEqual(written.sort());
});

it.each(shots)('$name is shown in the docs, light or dark as the reader has it', (shot) => {
	const dark = `images/${fileName(shot, 'dark')}">\n`;
	const light = `images/${fileName(shot, 'light')}">\n</picture>`;
	const showing = pages.filter((page) => page.includes(dark) && page.includes(light));
	expect(showing).toHaveLength(1);
});
