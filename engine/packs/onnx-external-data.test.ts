import { expect, test } from 'vitest';
import { externalDataOf } from './onnx-external-data.ts';
import { field, number } from './onnx-writer.ts';
import { external } from './testing/weights-in-files.ts';

test('weights are found wherever a graph can hold them, each file once', () => {
  const constant = field(1, field(5, field(5, external('constant.data')))); // node.attribute.t
  const branch = field(1, field(5, field(6, field(5, external('branch.data'))))); // node.attribute.g.initializer
  const sparse = field(15, field(1, external('sparse.data')));
  const graph = [constant, branch, sparse, field(5, external('w.data')), field(5, external('w.data'))];
  const inFunction = field(25, field(7, field(5, field(5, external('function.data')))));
  const model = Buffer.concat([number(1, 8), field(7, Buffer.concat(graph)), inFunction]);
  expect(externalDataOf(model).toSorted()).toEqual(
    ['branch.data', 'constant.data', 'function.data', 'sparse.data', 'w.data'].toSorted(),
  );
});

test('a graph with its weights inside names no file', () => {
  expect(externalDataOf(field(7, field(5, field(9, Buffer.from('raw weights')))))).toEqual([]);
});

test('bytes that are no protobuf are refused', () => {
  expect(() => externalDataOf(Buffer.from('version https://git-lfs.github.com/spec/v1'))).toThrow(RangeError);
  expect(() => externalDataOf(field(7, field(5, external('w.data'))).subarray(0, 20))).toThrow(RangeError);
});
