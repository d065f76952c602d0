"""A questionnaire with one of everything, made for a test."""

from pathlib import Path

from generator.agreements.files import read_file
from generator.model import Survey
from generator.survey.exports.screen import ScreenForm, screen
from support import making
from support.scored import model

LEVELS = "[น้อยที่สุด, น้อย, ปานกลาง, มาก, มากที่สุด]"

SURVEY = f"""
version: 3
title: [แบบสำรวจความพึงพอใจ, ผู้รับบริการ]
place: "[[unit]] [[process]]"
blanks: {{process: กระบวนงาน}}
instructions: {{heading: "คำชี้แจง:", items: [1. โปรดอ่าน **ทุกข้อ**, 2. ตอบทุกส่วน]}}
parts:
  - id: about
    heading: ส่วนที่ 1 ข้อมูลทั่วไป
    items:
      - {{id: age, kind: number, number: "1.", text: อายุ, measure: ปี, at_least: 10, at_most: 120}}
      - id: group
        kind: one
        number: "2."
        text: กลุ่มเป้าหมาย
        options:
          - {{id: poor, text: ผู้มีรายได้น้อย, heading: กลุ่มที่ 1}}
          - {{id: other1, text: อื่น ๆ}}
          - {{id: ngo, text: "มูลนิธิ, NGO", heading: กลุ่มที่ 2}}
          - {{id: other2, text: อื่น ๆ, write: true}}
      - id: told
        kind: many
        heading: การบอกต่อ
        text: ท่านจะบอกต่ออย่างไร
        options:
          - {{id: no, text: ไม่บอกต่อ}}
          - id: online
            text: สื่อออนไลน์
            write: true
            options: [{{id: line, text: Line}}, {{id: web, text: เว็บ, write: true}}]
      - {{id: advice, kind: text, text: ข้อเสนอแนะ, lines: 4}}
      - {{id: name, kind: text, text: หน่วยงาน}}
  - id: rated
    heading: ส่วนที่ 2 ความพึงพอใจ
    items:
      - id: g
        kind: grid
        measures: satisfaction
        heading: ประเด็น
        over: ระดับ
        levels: {LEVELS}
        sections:
          - heading: 2.1 กระบวนการ
            rows:
              - {{id: q211, number: 2.1.1, text: เข้าถึงง่าย}}
              - {{id: q212, number: 2.1.2, text: เสมอภาค, optional: true}}
              - {{id: q213, number: 2.1.3, text: ชัดเจน}}
          - rows: [{{id: whole, text: โดยรวม, overall: true}}]
  - id: issues
    heading: ส่วนที่ 3 ความไม่พึงพอใจ
    note: หากไม่มี โปรดข้าม
    items:
      - id: h
        kind: grid
        measures: dissatisfaction
        heading: ประเด็นความไม่พึงพอใจ
        over: ระดับความไม่พึงพอใจ
        levels: {LEVELS}
        sections:
          - heading: 3.1 กระบวนการ
            note: โปรดระบุประเด็น
            issues: [{{id: i1, number: 3.1.1}}, {{id: i2, number: 3.1.2}}]
      - {{id: trust, kind: scale, number: "3.2", text: เชื่อมั่นเพียงใด, label: โดยรวม,
         ends: เชื่อมั่นน้อย ⟶ เชื่อมั่นมาก}}
      - {{id: two, kind: scale, text: สองระดับ, last: 2, ends: น้อยไปมาก, optional: true}}
thanks: ขอขอบพระคุณ
definitions:
  satisfaction: {{measure: mean, over: items}}
  dissatisfaction: part3
  pooling: by_respondent
  bands: rounded
  error: 0.05
"""


def survey() -> Survey:
    """One question of every kind, with everything that can open below it."""
    return model(Survey, SURVEY)


def asked(of: Survey | None = None) -> ScreenForm:
    """A questionnaire as a screen asks it."""
    return screen("service", of or survey(), ["กอง ก กระบวนงาน ข"])


NS = {"x": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}


SHIPPED = sorted((making.ROOT / "agreements").glob("*/surveys/*.yaml"))


def shipped(path: Path) -> Survey:
    found = read_file(path, Survey).model
    assert found is not None
    return found
