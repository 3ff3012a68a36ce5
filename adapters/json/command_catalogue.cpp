#include "adapters/json/command_catalogue.hpp"

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/json/described.hpp"
#include "workflows/dossier/dossier.hpp"
#include "workflows/organisation/organisation_decider.hpp"
#include "workflows/policy/policy_decider.hpp"
#include "workflows/unit_result/unit_result_decider.hpp"

namespace jejak::json {
namespace {

struct Summary {
    std::string_view command;
    std::string_view en;
    std::string_view id;
};

// clang-format off
constexpr Summary summaries[] = {
    {"open_appraisal", "Open the appraisal of one person for one period",
     "Membuka penilaian satu pegawai untuk satu periode"},
    {"agree_plan", "Set the results and expectations (SKP); again replaces them",
     "Menetapkan rencana hasil kerja dan ekspektasi (SKP); pengulangan menggantinya"},
    {"record_progress", "Record what has been realised of the plan so far",
     "Mencatat realisasi rencana sampai saat ini"},
    {"attach_evidence", "Attach evidence by the SHA-256 of a file that is kept elsewhere",
     "Melampirkan bukti dukung dengan SHA-256 berkas yang disimpan di tempat lain"},
    {"note_dialogue", "Note what was said in the performance dialogue",
     "Mencatat dialog kinerja"},
    {"submit_self_assessment", "Submit the self-assessment", "Menyerahkan penilaian diri"},
    {"return_for_revision", "Send the self-assessment back, with a reason",
     "Mengembalikan penilaian diri dengan alasan"},
    {"submit_review", "Submit the supervisor's ratings", "Menyerahkan penilaian pejabat penilai"},
    {"return_review", "Send the review back to the supervisor, with a reason",
     "Mengembalikan penilaian kepada pejabat penilai dengan alasan"},
    {"open_feedback", "Open the window in which raters may answer",
     "Membuka masa pengisian umpan balik"},
    {"invite_rater", "Invite a colleague, subordinate or citizen to give feedback",
     "Mengundang rekan kerja, bawahan, atau warga memberi umpan balik"},
    {"give_feedback", "Give feedback under a pseudonym; again replaces what the rater gave",
     "Memberi umpan balik dengan nama samaran; pengulangan menggantinya"},
    {"record_source", "Record the aggregate of feedback that was collected elsewhere",
     "Mencatat agregat umpan balik yang dikumpulkan di tempat lain"},
    {"record_survey", "Record a public satisfaction survey (IKM)",
     "Mencatat survei kepuasan masyarakat (IKM)"},
    {"carry_score", "Take over the final score of another appraisal of the same person",
     "Mengambil alih nilai akhir penilaian lain atas pegawai yang sama"},
    {"close_feedback", "End the collection of feedback", "Menutup masa umpan balik"},
    {"confirm_review", "Let the review stand in the light of the feedback",
     "Mengukuhkan penilaian setelah menimbang umpan balik"},
    {"revise_review", "Change ratings in the light of the feedback, with a reason",
     "Mengubah nilai setelah menimbang umpan balik dengan alasan"},
    {"finalise", "Set the result: score and predicate", "Menetapkan hasil: nilai dan predikat"},
    {"acknowledge_result", "Acknowledge that the result was received",
     "Menyatakan hasil telah diterima"},
    {"waive_stage", "Skip a stage that the policy lets be waived",
     "Melewati tahap yang menurut kebijakan boleh dilewati"},
    {"reassign_supervisor", "Put another supervisor on record", "Mengganti pejabat penilai"},
    {"cancel_appraisal", "Cancel the appraisal, with a reason",
     "Membatalkan penilaian dengan alasan"},
    {"file_objection", "Object to the result, with reasons (PP 30/2019 Pasal 59)",
     "Mengajukan keberatan atas hasil dengan alasan (PP 30/2019 Pasal 59)"},
    {"answer_objection", "Answer the objection as the supervisor",
     "Menanggapi keberatan sebagai pejabat penilai"},
    {"withdraw_objection", "Withdraw the objection", "Mencabut keberatan"},
    {"decide_objection", "Decide the objection as the supervisor's superior; this is final",
     "Memutus keberatan sebagai atasan pejabat penilai; bersifat final"},
    {"deliver_result", "Record how and when the result reached the employee",
     "Mencatat cara dan tanggal hasil sampai kepada pegawai"},
    {"assign_decider", "Name who decides the objection instead of the superior",
     "Menunjuk pemutus keberatan menggantikan atasan pejabat penilai"},
    {"pass_deadline", "Record that a clock of the objection has run out",
     "Mencatat bahwa tenggat keberatan telah lewat"},
    {"assign_panel", "Name the panel that decides the objection, where the policy has one",
     "Menunjuk majelis pemutus keberatan bila kebijakan menentukannya"},
    {"recuse_member", "Step back from the panel, with a reason",
     "Mengundurkan diri dari majelis dengan alasan"},
    {"propose_correction", "Say what in the result is wrong; another person confirms it",
     "Mengusulkan pembetulan hasil; orang lain mengukuhkannya"},
    {"correct_result", "Confirm a proposed correction: the result follows from the right inputs",
     "Mengukuhkan usul pembetulan: hasil dihitung dari masukan yang benar"},
    {"annul_result", "Annul the result and begin a phase anew, such as after the wrong rater",
     "Membatalkan hasil dan mengulang satu tahap, misalnya karena penilai keliru"},
    {"change_policy", "Pin other rules, as long as nobody has reviewed",
     "Mengganti kebijakan selama belum ada penilaian pejabat penilai"},
    {"agree_development", "Agree on an action of development in the person's dossier",
     "Menyepakati tindakan pengembangan dalam berkas pegawai"},
    {"report_development", "Say how far an action is, in this or a later period",
     "Melaporkan kemajuan tindakan pengembangan, juga pada periode berikutnya"},
    {"record_services", "Count services, such as complaints, and how they ended",
     "Mencatat jumlah layanan, misalnya pengaduan, dan cara penyelesaiannya"},
    {"join_programme", "Say that the person worked in a programme in that period",
     "Mencatat keikutsertaan pegawai dalam program pada periode itu"},
    {"place_unit", "Put a unit below another one from a day on",
     "Menempatkan unit kerja di bawah unit lain mulai tanggal tertentu"},
    {"place_post", "Put a post into a unit from a day on",
     "Menempatkan jabatan pada unit kerja mulai tanggal tertentu"},
    {"hold_post", "Say who holds a post: definitive, Plt, Plh or delegate, by which letter",
     "Mencatat pemangku jabatan: definitif, Plt, Plh, atau delegasi, beserta suratnya"},
    {"record_absence", "Record leave or study", "Mencatat cuti atau tugas belajar"},
    {"record_departure", "Record that someone leaves the service",
     "Mencatat pegawai yang berhenti atau pensiun"},
    {"record_employment", "Say as what someone is employed: pns, pppk or other",
     "Mencatat status kepegawaian: pns, pppk, atau lainnya"},
    {"attest", "Record that someone was trained or briefed",
     "Mencatat bahwa seseorang telah dilatih atau diberi penjelasan"},
    {"declare_relation", "Declare that two people should not appraise each other",
     "Menyatakan hubungan dua orang yang tidak patut saling menilai"},
    {"grant_role", "Limit an office to a unit and what is below it",
     "Membatasi peran pada satu unit kerja dan unit di bawahnya"},
    {"place_team", "Set up a team across units, and its lead",
     "Membentuk tim lintas unit beserta ketuanya"},
    {"join_team", "Say who works in a team", "Mencatat anggota tim"},
    {"declare_holiday", "Put a holiday into a calendar", "Mencatat hari libur pada kalender"},
    {"extend_deadline", "Extend a deadline for all, a unit or a person, by one fact",
     "Memperpanjang tenggat bagi semua, satu unit, atau satu orang dengan satu fakta"},
    {"set_unit_predicate", "Set the predicate of a unit for a period",
     "Menetapkan predikat kinerja unit untuk satu periode"},
    {"record_indicator", "Record what a unit's indicator was in a period",
     "Mencatat nilai indikator unit pada satu periode"},
    {"retract_fact", "Take a wrong fact of the organisation back",
     "Mencabut fakta organisasi yang keliru"},
    {"publish_policy", "Publish a policy under its own id; it can never be changed",
     "Menerbitkan kebijakan dengan namanya; tidak dapat diubah lagi"},
};
// clang-format on

constexpr const Summary* find_summary(std::string_view command) {
    for (const Summary& summary : summaries) {
        if (summary.command == command) return &summary;
    }
    return nullptr;
}

std::string_view example_of(std::string_view command) {
    for (const StoryStep& step : example_story()) {
        if (boost::json::parse(step.request).at("command").as_string() == command) {
            return step.request;
        }
    }
    return {};
}

template <class Command>
std::any read_appraisal_command(const boost::json::value& data, Reader& reader) {
    return appraisal::Command(from_json<Command>(data, reader));
}

template <class Variant, class Command>
std::any read_command_of(const boost::json::value& data, Reader& reader) {
    return Variant(from_json<Command>(data, reader));
}

StreamId stream_in_dossier(const std::any& command) {
    return std::visit([](const auto& c) { return dossier::stream_of(c.subject); },
                      std::any_cast<const dossier::Command&>(command));
}

StreamId stream_in_organisation(const std::any& command) {
    return organisation::stream_of(std::any_cast<const organisation::Command&>(command));
}

StreamId stream_of_unit_result(const std::any& command) {
    return unit_result::stream_of(std::any_cast<const unit_result::Command&>(command));
}

// A policy comes as the object itself or as its text.
struct PolicyData {
    boost::json::value document;
};
BOOST_DESCRIBE_STRUCT(PolicyData, (), (document))

void refuse_fractions(const boost::json::value& value, Reader& reader) {
    if (value.is_double()) (void)detail::read_decimal(value, reader);
    if (const auto* object = value.if_object()) {
        for (const auto& [key, member] : *object) {
            const Reader::Step step(reader, {key.data(), key.size()});
            refuse_fractions(member, reader);
        }
    } else if (const auto* array = value.if_array()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            const Reader::Step step(reader, std::to_string(i));
            refuse_fractions((*array)[i], reader);
        }
    }
}

std::any read_policy_command(const boost::json::value& data, Reader& reader) {
    const auto given = from_json<PolicyData>(data, reader);
    policy::PublishPolicy publish;
    if (const auto* text = given.document.if_string()) {
        publish.document.assign(text->data(), text->size());
    } else if (given.document.is_object()) {
        const Reader::Step step(reader, "document");
        refuse_fractions(given.document, reader);
        publish.document = boost::json::serialize(given.document);
    } else if (reader.ok()) {
        reader.problem_at("document", "is neither an object nor the text of one");
    }
    return policy::PolicyDecider::Command(std::move(publish));
}

boost::json::object policy_schema() {
    boost::json::object schema = schema_of<PolicyData>();
    schema["properties"].as_object()["document"] = {{"type", {"object", "string"}}};
    return schema;
}

template <class Command>
CommandEntry entry_of(std::string_view workflow,
                      std::any (*read)(const boost::json::value&, Reader&),
                      boost::json::object (*schema)()) {
    constexpr const Summary* summary = find_summary(Command::command_name);
    static_assert(summary != nullptr, "add a line to `summaries` and a step to the story");
    return {Command::command_name,
            workflow,
            summary->en,
            summary->id,
            example_of(Command::command_name),
            read,
            schema};
}

}  // namespace

const std::vector<CommandEntry>& command_catalogue() {
    static const std::vector<CommandEntry> catalogue = [] {
        std::vector<CommandEntry> entries;
        using Commands = boost::mp11::mp_transform<boost::mp11::mp_identity, appraisal::Command>;
        boost::mp11::mp_for_each<Commands>([&](auto identity) {
            using Command = typename decltype(identity)::type;
            entries.push_back(entry_of<Command>("appraisal", &read_appraisal_command<Command>,
                                                &schema_of<Command>));
        });
        const auto add_all = [&]<class Variant>(std::string_view workflow,
                                                StreamId (*stream_of)(const std::any&),
                                                std::type_identity<Variant>) {
            using Each = boost::mp11::mp_transform<boost::mp11::mp_identity, Variant>;
            boost::mp11::mp_for_each<Each>([&](auto identity) {
                using Command = typename decltype(identity)::type;
                entries.push_back(entry_of<Command>(workflow, &read_command_of<Variant, Command>,
                                                    &schema_of<Command>));
                entries.back().stream_of = stream_of;
            });
        };
        add_all("dossier", &stream_in_dossier, std::type_identity<dossier::Command>());
        add_all("organisation", &stream_in_organisation,
                std::type_identity<organisation::Command>());
        add_all("unit_result", &stream_of_unit_result, std::type_identity<unit_result::Command>());
        entries.push_back(
            entry_of<policy::PublishPolicy>("policy", &read_policy_command, &policy_schema));
        return entries;
    }();
    return catalogue;
}

const CommandEntry* find_command(std::string_view name) {
    const auto& catalogue = command_catalogue();
    const auto found = std::find_if(catalogue.begin(), catalogue.end(),
                                    [&](const CommandEntry& entry) { return entry.name == name; });
    return found == catalogue.end() ? nullptr : &*found;
}

std::vector<std::string_view> command_names() {
    std::vector<std::string_view> names;
    for (const CommandEntry& entry : command_catalogue())
        names.push_back(entry.name);
    return names;
}

}  // namespace jejak::json
