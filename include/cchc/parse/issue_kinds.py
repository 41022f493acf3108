"""Kinds of remark that the reader makes; ``catalogue/data/issue_kinds.csv`` says what each means.

File: not_a_workbook, empty_file, too_large, damaged, encrypted, zip_bomb, not_our_form, macros, external_links,
pdf_file, word_file, picture_file, packed_files, other_container, not_read_whole, file_name_unit_mismatch,
file_name_period_mismatch. Cover: missing_cover, missing_unit_code, unknown_unit, unit_name_mismatch, missing_period,
unknown_period, unit_not_valid_in_period, form_mismatch, old_form_version, window_mismatch, former_unit,
draft_unit_code, unit_by_name, period_by_words, cover_period_mismatch. Sheet: missing_sheet,
missing_table, hidden_sheet. Row: missing_row, duplicate_row, unknown_code, row_not_asked. Cell: text_in_number,
ambiguous_number, number_out_of_range, other_unit, bound_or_estimate, fraction, note_contradicts, comma_for_thousands,
letter_like_digit, date_in_number, amount_converted, stated_unit_differs, stated_unit_unknown, legacy_encoding,
formula_without_value, error_value. Of the delivery: own_consolidation,
period_not_open, sender_other_unit,
not_processed.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Key of ``issue_kinds.csv``."""

    NOT_A_WORKBOOK = "not_a_workbook"
    EMPTY_FILE = "empty_file"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    ZIP_BOMB = "zip_bomb"
    NOT_OUR_FORM = "not_our_form"
    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"
    PDF_FILE = "pdf_file"
    WORD_FILE = "word_file"
    PICTURE_FILE = "picture_file"
    PACKED_FILES = "packed_files"
    OTHER_CONTAINER = "other_container"
    NOT_READ_WHOLE = "not_read_whole"
    MISSING_COVER = "missing_cover"
    MISSING_UNIT_CODE = "missing_unit_code"
    UNKNOWN_UNIT = "unknown_unit"
    UNIT_NAME_MISMATCH = "unit_name_mismatch"
    MISSING_PERIOD = "missing_period"
    UNKNOWN_PERIOD = "unknown_period"
    UNIT_NOT_VALID = "unit_not_valid_in_period"
    FORM_MISMATCH = "form_mismatch"
    OLD_FORM_VERSION = "old_form_version"
    MISSING_SHEET = "missing_sheet"
    MISSING_TABLE = "missing_table"
    MISSING_ROW = "missing_row"
    DUPLICATE_ROW = "duplicate_row"
    UNKNOWN_CODE = "unknown_code"
    ROW_NOT_ASKED = "row_not_asked"
    TEXT_IN_NUMBER = "text_in_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    NUMBER_OUT_OF_RANGE = "number_out_of_range"
    OTHER_UNIT = "other_unit"
    BOUND_OR_ESTIMATE = "bound_or_estimate"
    FRACTION = "fraction"
    NOTE_CONTRADICTS = "note_contradicts"
    COMMA_FOR_THOUSANDS = "comma_for_thousands"
    LETTER_LIKE_DIGIT = "letter_like_digit"
    DATE_IN_NUMBER = "date_in_number"
    AMOUNT_CONVERTED = "amount_converted"
    STATED_UNIT_DIFFERS = "stated_unit_differs"
    STATED_UNIT_UNKNOWN = "stated_unit_unknown"
    LEGACY_ENCODING = "legacy_encoding"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    ERROR_VALUE = "error_value"
    FILE_NAME_UNIT = "file_name_unit_mismatch"
    FILE_NAME_PERIOD = "file_name_period_mismatch"
    HIDDEN_SHEET = "hidden_sheet"
    WINDOW_MISMATCH = "window_mismatch"
    OWN_CONSOLIDATION = "own_consolidation"
    PERIOD_NOT_OPEN = "period_not_open"
    SENDER_OTHER_UNIT = "sender_other_unit"
    NOT_PROCESSED = "not_processed"
    FORMER_UNIT = "former_unit"
    DRAFT_CODE = "draft_unit_code"
    UNIT_BY_NAME = "unit_by_name"
    PERIOD_BY_WORDS = "period_by_words"
    COVER_PERIOD = "cover_period_mismatch"
    FIGURE_COLUMN = "figure_column_unclear"
    ROW_BY_NAME = "row_found_by_name"
    ROW_NOT_MATCHED = "row_not_matched"
    OTHER_ROW = "code_of_other_row"
    NO_CODES = "codes_missing"
    NAME_UNLIKE = "name_unlike"
    SHEET_TWICE_DIFFERS = "sheet_twice_differs"
    SHEET_TWICE = "sheet_twice"
    OTHER_PERIOD = "sheet_of_other_period"
    TITLE_UNIT = "sheet_of_other_unit"
    HIDDEN_CELL = "hidden_cell"
    FORMULA_RECOMPUTED = "formula_recomputed"
    FORMULA_STALE = "formula_stale"
    FORMULA_EXTERNAL = "formula_external"
    DIGITS_SET_APART = "digits_set_apart"
    TEXT_OUTSIDE = "narrative_outside_sections"
    NARRATIVE_MISSING = "narrative_missing"
    EXPLANATION_UNATTACHED = "explanation_unattached"
