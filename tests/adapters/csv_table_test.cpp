#include "adapters/csv/table.hpp"
#include "tests/adapters/says.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace jejak::csv {
namespace {

using Rows = std::vector<std::vector<std::string>>;

struct Reading {
    Rows rows;
    std::vector<std::uint64_t> lines;
    std::string refusal;  // "" if everything was read
    ErrorCode code{};
};

Reading read(Result<Table> table) {
    Reading reading;
    const auto refuse = [&](const Error& why) {
        reading.refusal = why.message;
        reading.code = why.code;
        return reading;
    };
    if (!table) return refuse(table.error());
    reading.rows.push_back(table->headings());
    while (true) {
        const auto row = table->next();
        if (!row) return refuse(row.error());
        if (!*row) return reading;
        reading.rows.emplace_back((*row)->fields.begin(), (*row)->fields.end());
        reading.lines.push_back((*row)->line);
    }
}

Reading read_text(std::string text) {
    return read(Table::from_memory(std::move(text), "t.csv"));
}

std::string refusal_of(std::string text) {
    return read_text(std::move(text)).refusal;
}

class CsvTableFile : public testing::Test {
  protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ =
            std::filesystem::temp_directory_path() /
            ("jejak_csv_" + std::string(info->name()) + std::to_string(std::random_device{}()));
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string write(const std::string& name, const std::string& bytes) const {
        const std::string path = folder_ / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    std::string gzip(const std::string& name, const std::string& text) const {
        const std::string path = folder_ / name;
        gzFile file = gzopen(path.c_str(), "wb");
        EXPECT_EQ(gzwrite(file, text.data(), static_cast<unsigned>(text.size())),
                  static_cast<int>(text.size()));
        gzclose(file);
        return path;
    }
    static std::string bytes_of(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    std::filesystem::path folder_;
};

TEST(CsvTable, reads_rows_and_knows_on_which_line_each_starts) {
    const Reading reading = read_text("a,b\n1,2\n\n  \n3,4");
    EXPECT_EQ(reading.refusal, "");
    EXPECT_EQ(reading.rows, (Rows{{"a", "b"}, {"1", "2"}, {"3", "4"}}));
    EXPECT_EQ(reading.lines, (std::vector<std::uint64_t>{2, 5}));
}

TEST(CsvTable, reads_the_same_with_every_line_end_and_with_a_byte_order_mark) {
    const Rows rows = {{"a", "b"}, {"1", ""}, {"", "4"}};
    for (const std::string text :
         {"a,b\n1,\n,4\n", "a,b\r\n1,\r\n,4\r\n", "a,b\n1,\n,4",
          "\xEF\xBB\xBF"
          "a,b\r\n1,\n,4\r",
          "\n\na,b\n\n1,\n\r\n,4\n\n", "\"a\",b\r\n\"1\",\r\n\"\",\"4\"\r\n",
          "a,\"b\"\n1,\"\"\n\"\",4", "a,\"b\"\n\"1\",\n\"\",\"4\"\r"}) {
        const Reading reading = read_text(text);
        EXPECT_EQ(reading.refusal, "") << text;
        EXPECT_EQ(reading.rows, rows) << text;
    }
}

TEST(CsvTable, reads_quotes_as_rfc_4180_says) {
    const Reading reading = read_text(
        "name,say,n\n\"Siti, S.Kom\",\"she said \"\"yes\"\"\",1\n"
        "\"two\r\nlines\nor three\",\"\"\"\",2\nplain,\"\",3\n");
    EXPECT_EQ(reading.refusal, "");
    EXPECT_EQ(reading.rows, (Rows{{"name", "say", "n"},
                                  {"Siti, S.Kom", "she said \"yes\"", "1"},
                                  {"two\r\nlines\nor three", "\"", "2"},
                                  {"plain", "", "3"}}));
    EXPECT_EQ(reading.lines, (std::vector<std::uint64_t>{2, 3, 6}));
}

TEST(CsvTable, finds_the_separator_in_the_heading_line) {
    EXPECT_EQ(read_text("a;b\n1,5;2\n").rows, (Rows{{"a", "b"}, {"1,5", "2"}}));
    EXPECT_EQ(read_text("a\tb\n1,5\t2;\n").rows, (Rows{{"a", "b"}, {"1,5", "2;"}}));
    EXPECT_EQ(read_text("\"a,b,c\";d\n1;2\n").rows, (Rows{{"a,b,c", "d"}, {"1", "2"}}));
    EXPECT_EQ(read_text("alone\n1\n\"\"\n").rows, (Rows{{"alone"}, {"1"}, {""}}));
    EXPECT_TRUE(contains(refusal_of("a;b,c\n"), "\"sep=;\""));
}

TEST(CsvTable, believes_a_separator_line) {
    for (const std::string first : {"sep=;\n", "SEP=;\r\n", "\"sep=;\"\n", "\xEF\xBB\xBFsep=;\n"}) {
        const Reading reading = read_text(first + "a,b,c;d\n1;2\n");
        EXPECT_EQ(reading.rows, (Rows{{"a,b,c", "d"}, {"1", "2"}})) << first << reading.refusal;
        EXPECT_EQ(reading.lines, std::vector<std::uint64_t>{3});
    }
    EXPECT_TRUE(contains(refusal_of("sep=|\na|b\n"), "t.csv, line 1"));
}

TEST(CsvTable, drops_blanks_around_headings_but_not_in_fields) {
    EXPECT_EQ(read_text(" a , b\n 1 , 2\n").rows, (Rows{{"a", "b"}, {" 1 ", " 2"}}));
}

TEST(CsvTable, finds_a_column_or_lists_those_there_are) {
    const auto table = Table::from_memory("s,d,y\n", "t.csv");
    ASSERT_TRUE(table.has_value());
    EXPECT_EQ(table->column_of("d").value(), 1u);
    const auto missing = table->column_of("score");
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    EXPECT_EQ(missing.error().message,
              "t.csv: there is no column \"score\"; it has \"s\", \"d\", \"y\"");
}

TEST(CsvTable, names_the_place_of_an_unterminated_quote) {
    EXPECT_TRUE(contains(refusal_of("a,b\n1,2\n3,\"x\ny\n"), "t.csv, line 3, column 2 (b)"));
    EXPECT_TRUE(contains(refusal_of("a,b\n\"1\n2\",\"x\ny\n"), "t.csv, line 3, column 2 (b)"));
    EXPECT_TRUE(contains(refusal_of("a,\"b\n"), "t.csv, line 1, column 2"));
}

TEST(CsvTable, an_open_quote_does_not_pull_a_whole_file_into_memory) {
    const std::string text = "a,b\n1,\"" + std::string(8 * row_bytes_max, 'x');
    EXPECT_TRUE(contains(refusal_of(text), "line 2, column 2 (b)"));
    EXPECT_TRUE(contains(refusal_of("a,b\n" + std::string(8 * row_bytes_max, 'x')), "1 MiB"));
    EXPECT_TRUE(
        contains(refusal_of("\"a" + std::string(8 * row_bytes_max, 'x')), "line 1, column 1"));
}

TEST(CsvTable, refuses_quotes_in_the_wrong_place) {
    EXPECT_TRUE(contains(refusal_of("a,b\n1,5\" disk\n"), "line 2, column 2 (b): a quote inside"));
    EXPECT_TRUE(
        contains(refusal_of("a,b\n\"1\"x,2\n"), "line 2, column 1 (a): there is text behind"));
    EXPECT_TRUE(contains(refusal_of("a,b\n\"1\" ,2\n"), "line 2, column 1 (a)"));
    EXPECT_TRUE(contains(refusal_of("a,b\n\"1\"\rx,2\n"), "line 2, column 1 (a)"));
}

TEST(CsvTable, refuses_a_row_of_the_wrong_width_and_goes_on_behind_it) {
    auto table = Table::from_memory("a,b,c\n1,2\n1,2,3,4\n\"\n\",2,\"3\",4\n5,6,7\n", "t.csv");
    ASSERT_TRUE(table.has_value());
    EXPECT_TRUE(contains(table->next().error().message, "t.csv, line 2, column 3 (c)"));
    EXPECT_TRUE(table->can_continue());
    EXPECT_TRUE(contains(table->next().error().message, "t.csv, line 3, column 4:"));
    EXPECT_TRUE(contains(table->next().error().message, "t.csv, line 4, column 4:"));
    EXPECT_EQ(table->place().column, 4u);
    const auto row = table->next();
    ASSERT_TRUE(row.has_value() && row->has_value());
    EXPECT_EQ((*row)->line, 6u);
    EXPECT_EQ((*row)->fields[2], "7");
    EXPECT_FALSE(table->next().value().has_value());
    EXPECT_FALSE(table->next().value().has_value());
}

TEST(CsvTable, repeats_an_error_that_it_cannot_pass) {
    auto table = Table::from_memory("a,b\n1,x\"\n3,4\n", "t.csv");
    ASSERT_TRUE(table.has_value());
    const auto first = table->next();
    ASSERT_FALSE(first.has_value());
    EXPECT_FALSE(table->can_continue());
    EXPECT_EQ(table->next().error(), first.error());
}

TEST(CsvTable, refuses_bad_headings) {
    EXPECT_TRUE(contains(refusal_of("a,b,a\n"), "t.csv, line 1, column 3"));
    EXPECT_TRUE(contains(refusal_of("a,b, a\n"), "in column 1"));
    EXPECT_TRUE(contains(refusal_of("a,,b\n"), "line 1, column 2: the heading is empty"));
    EXPECT_TRUE(contains(refusal_of("\n\na,b,\n"), "line 3, column 3: the heading is empty"));
}

TEST(CsvTable, refuses_an_empty_file) {
    EXPECT_TRUE(contains(refusal_of(""), "t.csv: the file is empty"));
    for (const std::string text : {"\n", "\xEF\xBB\xBF", "  \r\n\n", "sep=;\n"}) {
        EXPECT_TRUE(contains(refusal_of(text), "no heading line")) << text;
    }
    EXPECT_EQ(read_text("a,b").rows, (Rows{{"a", "b"}}));
}

TEST(CsvTable, refuses_bytes_that_are_no_text) {
    for (const std::string bad :
         {"\xFF", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC3", "\x80",
          "\xE2\x82", "\xF5\x80\x80\x80", "long enough for eight bytes\xE9", "caf\xE9 au lait"}) {
        for (const std::string quote : {"", "\""}) {
            const std::string message =
                refusal_of("a,b\nok,\xC3\xA9\nx," + quote + bad + quote + "\n");
            EXPECT_TRUE(contains(message, "t.csv, line 3, column 2 (b)")) << message;
            EXPECT_TRUE(contains(message, "CSV UTF-8")) << message;
        }
    }
    EXPECT_TRUE(contains(refusal_of("a,b\xFF\n"), "line 1, column 2"));
    EXPECT_TRUE(
        contains(refusal_of(std::string("a,b\n1,\0002\n", 9)), "line 2, column 2 (b): a NUL"));
    const std::string good =
        "\xC3\xA9\xE2\x82\xAC\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF";
    EXPECT_EQ(read_text("a,b\n1," + good + "\n").rows.back().back(), good);
}

TEST(CsvTable, says_what_to_do_with_a_spreadsheet_or_utf_16) {
    EXPECT_TRUE(contains(refusal_of(std::string("\xFF\xFE"
                                                "a\0,\0",
                                                6)),
                         "UTF-16"));
    EXPECT_TRUE(contains(refusal_of("PK\x03\x04rest"), "spreadsheet"));
    EXPECT_TRUE(contains(refusal_of("a,b\r1,2\r3,4\r"), "carriage return"));
    EXPECT_TRUE(
        contains(refusal_of("a,b\n1\r,\"2\"\n"), "line 2, column 1 (a): a carriage return"));
}

TEST(CsvTable, whatever_was_written_by_the_rules_is_read_back) {
    std::mt19937 random(4180);
    const std::vector<std::string> atoms = {"a",  "1",  "\"",   ",", ";",        "\t",
                                            "\n", "\r", "\r\n", " ", "\xC3\xA9", ""};
    for (int round = 0; round < 1'000; ++round) {
        const char separator = ",;\t"[random() % 3];
        const std::string end = random() % 2 == 0 ? "\n" : "\r\n";
        Rows rows = {{"first", "second", "third"}};
        for (std::size_t count = random() % 6; count > 0; --count) {
            rows.emplace_back(3);
            for (std::string& field : rows.back()) {
                for (std::size_t size = random() % 5; size > 0; --size) {
                    field += atoms[random() % atoms.size()];
                }
            }
        }
        std::string text;
        for (const auto& row : rows) {
            for (std::size_t index = 0; index < row.size(); ++index) {
                if (index > 0) text += separator;
                const bool must_quote = row[index].find_first_of("\",;\t\r\n") != std::string::npos;
                if (!must_quote && random() % 2 == 0) {
                    text += row[index];
                    continue;
                }
                text += '"';
                for (const char letter : row[index])
                    text += letter == '"' ? "\"\"" : std::string(1, letter);
                text += '"';
            }
            text += end;
        }
        if (random() % 2 == 0) text.resize(text.size() - end.size());
        const Reading reading = read_text(text);
        ASSERT_EQ(reading.refusal, "") << text;
        ASSERT_EQ(reading.rows, rows) << text;
    }
}

TEST(CsvTable, answers_any_bytes_without_crashing) {
    std::mt19937 random(17);
    const std::string alphabet = std::string("a1,;\t\"\"\n\n\r \xC3\xA9\xFF=", 15) + '\0';
    for (int round = 0; round < 5'000; ++round) {
        std::string text = random() % 2 == 0 ? "a,b\n" : "";
        for (std::size_t size = random() % 40; size > 0; --size) {
            text += alphabet[random() % alphabet.size()];
        }
        auto table = Table::from_memory(text, "t.csv");
        if (!table) continue;
        while (true) {
            const auto row = table->next();
            if (row && !*row) break;
            if (row) {
                ASSERT_EQ((*row)->fields.size(), table->headings().size());
            }
            if (!row && !table->can_continue()) break;
        }
    }
}

TEST_F(CsvTableFile, rows_that_cross_the_buffer_are_whole) {
    std::string text = "n,text\n";
    std::vector<std::string> texts;
    std::mt19937 random(3);
    for (int row = 0; row < 3'000; ++row) {
        texts.emplace_back(random() % 1'500, static_cast<char>('a' + row % 26));
        if (row % 3 == 0) texts.back() += "\"\n";
        const bool quoted = row % 3 == 0;
        text += std::to_string(row) + "," + (quoted ? "\"" : "");
        text +=
            quoted ? texts.back().substr(0, texts.back().size() - 2) + "\"\"\n\"" : texts.back();
        text += "\n";
    }
    for (const std::string& path : {write("plain.csv", text), gzip("packed.csv.gz", text)}) {
        const Reading reading = read(Table::open(path));
        ASSERT_EQ(reading.refusal, "");
        ASSERT_EQ(reading.rows.size(), texts.size() + 1);
        for (std::size_t row = 0; row < texts.size(); ++row) {
            ASSERT_EQ(reading.rows[row + 1][1], texts[row]) << row;
        }
    }
}

TEST_F(CsvTableFile, gzip_is_known_by_its_bytes_and_not_by_its_name) {
    const Rows rows = {{"a", "b"}, {"1", "2"}};
    EXPECT_EQ(read(Table::open(gzip("packed.csv", "a,b\n1,2\n"))).rows, rows);
    EXPECT_EQ(read(Table::open(write("plain.csv.gz", "a,b\n1,2\n"))).rows, rows);
    const std::string halves = bytes_of(gzip("one", "a,b\n1")) + bytes_of(gzip("two", ",2\n"));
    EXPECT_EQ(read(Table::open(write("joined.gz", halves))).rows, rows) << "two gzip members";
}

TEST_F(CsvTableFile, gzip_that_is_cut_off_anywhere_is_refused) {
    std::string text = "a,b\n";
    for (int row = 0; row < 50; ++row)
        text += std::to_string(row * row) + "," + std::to_string(row) + "\n";
    const std::string whole = bytes_of(gzip("whole.gz", text));
    for (std::size_t size = 2; size < whole.size(); ++size) {
        const Reading reading = read(Table::open(write("cut.gz", whole.substr(0, size))));
        ASSERT_TRUE(contains(reading.refusal, "cut.gz")) << size << reading.refusal;
        ASSERT_TRUE(contains(reading.refusal, "copy it again")) << size << reading.refusal;
        ASSERT_EQ(reading.code, ErrorCode::environment) << size;
    }
    EXPECT_EQ(read(Table::open(write("all.gz", whole))).rows.size(), 51u);
}

TEST_F(CsvTableFile, gzip_with_a_changed_checksum_is_refused) {
    std::string bytes = bytes_of(gzip("whole.gz", "a,b\n1,2\n"));
    bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1);
    const Reading reading = read(Table::open(write("damaged.gz", bytes)));
    EXPECT_TRUE(contains(reading.refusal, "damaged")) << reading.refusal;
}

TEST_F(CsvTableFile, says_why_a_file_cannot_be_read) {
    const Reading missing = read(Table::open((folder_ / "none.csv").string()));
    EXPECT_TRUE(contains(missing.refusal, "none.csv: there is no such file")) << missing.refusal;
    EXPECT_EQ(missing.code, ErrorCode::environment);
    EXPECT_TRUE(contains(read(Table::open(folder_.string())).refusal, "is a folder"));
    EXPECT_TRUE(contains(read(Table::open(write("empty.csv", ""))).refusal, "the file is empty"));
}

TEST_F(CsvTableFile, a_table_may_be_moved_while_it_is_read) {
    auto opened = Table::open(write("t.csv", "a,b\n1,2\n3,4\n"));
    ASSERT_TRUE(opened.has_value());
    ASSERT_TRUE(opened->next().has_value());
    Table moved = std::move(*opened);
    const auto row = moved.next();
    ASSERT_TRUE(row.has_value() && row->has_value());
    EXPECT_EQ((*row)->fields[0], "3");
}

TEST(CsvTable, reads_the_published_ratings_completely) {
    const std::string path = std::string(JEJAK_SHARED_DATA) + "/insteval.csv.gz";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
    const Reading reading = read(Table::open(path));
    EXPECT_EQ(reading.refusal, "");
    EXPECT_EQ(reading.rows.front(),
              (std::vector<std::string>{"s", "d", "studage", "lectage", "service", "dept", "y"}));
    EXPECT_EQ(reading.rows.size(), 73'422u);
    EXPECT_EQ(reading.lines.back(), 73'422u);
}

}  // namespace
}  // namespace jejak::csv
