#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The peer where there is no better one: a plain reader in Python that comes as far as stacks with weights, or names of spans.

    peer.py FORMAT FILE
Prints the seconds that reading took, starting and reading the file from disk left out.
"""
import csv
import io
import sys
import time


def folded(data):
    stacks = {}
    for line in data.decode().splitlines():
        stack, weight = line.rsplit(' ', 1)
        key = tuple(stack.split(';'))
        stacks[key] = stacks.get(key, 0) + int(weight)
    return stacks


def folded_diff(data):
    stacks = {}
    for line in data.decode().splitlines():
        stack, before, after = line.rsplit(' ', 2)
        one = stacks.setdefault(tuple(stack.split(';')), [0, 0])
        one[0] += int(before)
        one[1] += int(after)
    return stacks


def perf(data):
    stacks = {}
    frames, period, comm = [], 0, ''
    for line in data.decode().splitlines():
        if not line:
            if frames:
                key = (comm,) + tuple(reversed(frames))
                stacks[key] = stacks.get(key, 0) + period
            frames = []
        elif line[0] == '\t':
            _, symbol, _ = line.split(None, 2)
            frames.append(symbol.rsplit('+0x', 1)[0])
        else:
            comm = line[:16].strip()
            period = int(line.split(': ')[1].split()[0])
    return stacks


def nested_set_csv(data):
    rows = csv.reader(io.StringIO(data.decode()))
    next(rows)
    path, stacks = [], {}
    for level, _, self_value, label in rows:
        del path[int(level):]
        path.append(label)
        key = tuple(path)
        stacks[key] = stacks.get(key, 0) + int(self_value)
    return stacks


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def fields(data):
    at, end = 0, len(data)
    while at < end:
        tag, at = varint(data, at)
        wire = tag & 7
        if wire == 0:
            value, at = varint(data, at)
        elif wire == 2:
            length, at = varint(data, at)
            value = data[at:at + length]
            at += length
        else:
            length = 8 if wire == 1 else 4
            value = int.from_bytes(data[at:at + length], 'little')
            at += length
        yield tag >> 3, value


def packed(data):
    at, out = 0, []
    while at < len(data):
        value, at = varint(data, at)
        out.append(value)
    return out


def pprof(data):
    strings, functions, locations, samples, stacks = [], {}, {}, [], {}
    for number, value in fields(data):
        if number == 2:
            samples.append(value)
        elif number == 4:
            location, lines = 0, []
            for part, inner in fields(value):
                if part == 1:
                    location = inner
                elif part == 4:
                    lines.append(dict(fields(inner)).get(1, 0))
            locations[location] = lines
        elif number == 5:
            function = dict(fields(value))
            functions[function[1]] = function.get(2, 0)
        elif number == 6:
            strings.append(bytes(value).decode())
    for sample in samples:
        parts = dict(fields(sample))
        key = tuple(strings[functions[line]] for location in packed(parts[1]) for line in locations[location])
        stacks[key] = stacks.get(key, 0) + packed(parts[2])[-1]
    return stacks


def otlp_proto(data):
    spans, at = [], 0
    while at < len(data):
        length = int.from_bytes(data[at:at + 4], 'big')
        for _, resource_spans in fields(data[at + 4:at + 4 + length]):
            for number, scope_spans in fields(resource_spans):
                if number != 2:
                    continue
                for part, span in fields(scope_spans):
                    if part == 2:
                        one = dict(fields(span))
                        spans.append((bytes(one[1]), bytes(one[2]), bytes(one.get(4, b'')), bytes(one[5]).decode(), one[7], one[8]))
        at += 4 + length
    return spans


READERS = {'folded': folded, 'folded-diff': folded_diff, 'perf': perf, 'nested-set-csv': nested_set_csv, 'pprof': pprof,
           'otlp-proto': otlp_proto}


def main():
    with open(sys.argv[2], 'rb') as file:
        data = file.read()
    if sys.argv[1] in ('pprof', 'otlp-proto'):
        data = memoryview(data)
    begin = time.perf_counter()
    result = READERS[sys.argv[1]](data)
    print(f'{time.perf_counter() - begin:.6f} s for {len(result)}')


main()
